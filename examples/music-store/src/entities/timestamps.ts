// What several tables have in common: columns of a base class are inherited. The hook of the context keeps updated_at.
import { Column, sql, timestamptz } from 'lockstep-pg'

export abstract class Timestamps {
  @Column(timestamptz(), { default: sql`now()` }) createdAt!: Date
  @Column(timestamptz(), { default: sql`now()` }) updatedAt!: Date
}
