// The standard proposal never tells the compiler's types at run time: a column type is needed. Private properties are seen.
import { Column, integer, PrimaryKey, text } from 'lockstep-pg'

export class User {
  @PrimaryKey() id!: number // error
  @Column() name!: string // error
  @PrimaryKey() @Column(integer()) both!: number // error
  @Column(text()) private secret!: number // error
  @Column(text()) protected guarded!: number // error
  @Column(text()) #hidden!: number // error
  @Column(integer()) accessor counter!: string // error
  @Column(integer()) method(): void {} // error
  reads(): unknown {
    return [this.secret, this.#hidden]
  }
}
