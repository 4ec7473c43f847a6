// Columns without a type, for compilers that write `design:type`.
import { Column, Entity, PrimaryKey } from 'lockstep-pg'

@Entity('inferred')
class Inferred {
  @PrimaryKey() id!: number
  @Column() name!: string
  @Column() flag!: boolean
  @Column() at!: Date
  @Column() data!: Buffer
  @Column() big!: bigint
  @Column() union!: 'a' | 'b'
}

@Entity('not_inferred')
class NotInferred {
  @PrimaryKey() id!: number
  @Column() nullable!: string | null
  @Column() mixed!: string | number
  @Column() list!: string[]
  @Column() shape!: { a: number }
  @Column() entity!: Inferred
  @Column() anything!: unknown
}

export const entities = [Inferred]
export const wrong = [NotInferred]
