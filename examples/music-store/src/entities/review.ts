// What a customer thinks of a track, once each. Its constraints and comment are described in setupModel of the context.
import { Column, Entity, integer, PrimaryKey, smallint, sql, text, timestamptz } from 'lockstep-pg'

@Entity('reviews')
@PrimaryKey(['customerId', 'trackId'])
export class Review {
  @Column(integer()) customerId!: number
  @Column(integer()) trackId!: number
  @Column(smallint()) rating!: number
  @Column(text(), { nullable: true }) body!: string | null
  @Column(text().array(), { default: [] }) tags!: string[]
  @Column(timestamptz(), { default: sql`now()` }) writtenAt!: Date
}
