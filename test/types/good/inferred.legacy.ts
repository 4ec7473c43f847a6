// Without a column type: the compiler's design:type is asked for at run time.
import { Column, integer, PrimaryKey } from 'lockstep-pg'

export class User {
  @PrimaryKey() id!: number
  @Column() name!: string
  @Column() at!: Date
  @PrimaryKey() @Column(integer()) both!: number
}
