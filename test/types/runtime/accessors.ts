// What only the standard proposal has: auto-accessors and private names.
import { Column, Entity, integer, PrimaryKey, text } from 'lockstep-pg'

@Entity('accessors')
class User {
  @PrimaryKey(integer()) accessor id!: number
  @Column(text()) accessor fullName = ''
  @Column(text()) #secret = ''
  reads(): string {
    return this.#secret
  }
}

export const entities = [User]
