// Properties that a class does not have, decorators in the wrong place, relations to what is no class.
import {
  Check,
  Column,
  Entity,
  Exclude,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  sql,
  text,
  Unique,
  With,
} from 'lockstep-pg'

export class Target {
  @PrimaryKey(integer()) key!: number
  @Column(text()) code!: string
}

@Index(['emial']) // error
@Index(['email', { property: 'emial' }]) // error
@Index([{ property: 'emial' }]) // error
@Index([{ property: 'email', orders: 'asc' }]) // error
@Index([{ property: 'email', order: 'up' }, 'id']) // error
@Index([sql`x`], { include: ['emial'] }) // error
@Index(['email'], { include: ['emial'] }) // error
@Index(['email'], { where: 'deleted_at is null' }) // error
@Index(['email'], { uniqe: true }) // error
@Unique(['emial']) // error
@Unique('email') // error
@Unique(['email'], { include: ['emial'] }) // error
@Unique(['email'], { deferrable: 'later' }) // error
@PrimaryKey(['email'], { nullsNotDistinct: true }) // error
@Exclude([{ property: 'emial', with: '=' }]) // error
@Exclude([{ property: 'email' }]) // error
@Exclude([{ property: 'email', with: '=', statistics: 5 }]) // error
@Exclude(['email']) // error
@Check('c', sql`x`, { notvalid: true }) // error
@ForeignKey(() => Target, { properties: ['email'], onDelete: { setNull: ['emial'] } }) // error
@ForeignKey(() => Target, { properties: ['email'], match: 'partial' }) // error
@PrimaryKey(['identity']) // error
@Check('c', 'x > 0') // error
@Check('c') // error
@ForeignKey(() => Target, { properties: ['emial'] }) // error
@ForeignKey(() => Target, { properties: ['email'], references: ['cod'] }) // error
@ForeignKey(() => Target, { properties: ['email'], onDelete: 'casacde' }) // error
@ForeignKey(() => Target) // error
@Unique() // error
@Column(text()) // error
@Entity({ tabel: 'x' }) // error
@Entity(5) // error
@With('policy') // error
export class User {
  @PrimaryKey(integer()) id!: number
  @Column(text()) email!: string
  @ForeignKey(() => Target, { references: 'cod' }) @Column(text()) a!: string // error
  @ForeignKey(() => Target, { references: ['code'] }) @Column(text()) b!: string // error
  @ForeignKey(() => Target, { onDelete: 'never' }) @Column(integer()) c!: number // error
  @ForeignKey(() => 'Target') @Column(integer()) d!: number // error
  @ForeignKey(Target) @Column(integer()) e!: number // error
  @Unique(['email']) @Column(text()) f!: string // error
  @Index(['email']) @Column(text()) g!: string // error
  @Entity('x') h!: string // error
  @Check(sql`x`) i!: string // error
  @Column(text()) method(): void {} // error
}
