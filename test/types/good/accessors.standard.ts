// `accessor` is a word of the standard proposal only; a class-level decorator may be told its context.
import { Column, Entity, ForeignKey, Index, integer, PrimaryKey, text, Unique } from 'lockstep-pg'

@Entity('users')
@Index(['name'])
export class User {
  @PrimaryKey(integer()) accessor id!: number
  @Column(text(), { nullable: true }) @Unique() @Index() accessor name: string | null = null
  @ForeignKey(() => User) @Column(integer()) accessor parent!: number
  @Column(text()) #hidden!: string
  reads(): string {
    return this.#hidden
  }
}
