// A property and its column that do not go together. `error strict`: only where null can be told from the rest.
import {
  bigint,
  Column,
  enumType,
  integer,
  jsonb,
  numeric,
  PrimaryKey,
  sql,
  text,
  timestamptz,
  varchar,
} from 'lockstep-pg'

const status = enumType('status', ['open', 'closed'])

export class User {
  @PrimaryKey(integer()) id!: string // error
  @Column(text()) wrong!: number // error
  @Column(timestamptz()) time!: string // error
  @Column(bigint()) big!: number // error
  @Column(numeric(10, 2)) price!: number // error
  @Column(integer(), { nullable: true }) nullable!: number // error strict
  @Column(integer()) admitsNull!: number | null // error strict
  @Column(integer(), { nullable: false }) saysNot!: number | null // error strict
  @PrimaryKey(integer()) nullableKey!: number | null // error strict
  @Column(integer(), { default: 'five' }) wrongDefault!: number // error
  @Column(text(), { default: 5 }) otherDefault!: string // error
  @Column(status, { default: 'opened' }) label!: 'open' | 'closed' // error
  @Column(status) narrower!: 'open' // error
  @Column(status.array()) one!: 'open' | 'closed' // error
  @Column(text()) union!: 'open' | 'closed' // error
  @Column(varchar<'a' | 'b'>()) letters!: 'a' // error
  @Column(text().array()) array!: number[] // error
  @Column(text()) list!: string[] // error
  @Column(jsonb<{ a: number }>()) shape!: { a: string } // error
  @Column(jsonb<{ a: number }>(), { default: { a: 'x' } }) shapeDefault!: { a: number } // error
  @Column(jsonb<{ a: number }>()) more!: { a: number; b: number } // error
  @Column(integer(), { nulable: true }) misspelt!: number // error
  @Column(integer(), { nullable: true, comments: 'x' }) misspeltToo!: number | null // error
  @PrimaryKey(integer(), { name: 'x', comments: 'x' }) misspeltKey!: number // error
  @Column(integer(), { identity: 'sometimes' }) identity!: number // error
  @Column(integer(), { generated: 'id * 2' }) generated!: number // error
  @Column(integer(), { using: 'x', default: sql`1` }) using!: number // error
  @Column('integer') text!: number // error
  @Column(integer) notCalled!: number // error
  @Column integer!: number // error
}
