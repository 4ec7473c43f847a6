// Entities that every compiler can lower, in either form; what they come to must not depend on which.
import {
  Check,
  Column,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  serial,
  sql,
  text,
  timestamptz,
  Unique,
  With,
} from 'lockstep-pg'

const status = enumType('status', ['open', 'closed'])

@Check(sql`created_at < now()`)
@Index(['createdAt'])
abstract class Timed {
  @PrimaryKey(serial()) id!: number
  @Column(timestamptz(), { default: sql`now()` }) createdAt!: Date
}

@Entity({ table: 'users', schema: 'auth', comment: 'People' })
@Index(['email'], { unique: true, where: sql`status = 'open'` })
@Unique(['email', 'status'])
@With((table) => ({ kind: 'made_up', object: table }))
export class User extends Timed {
  @Column(text(), { comment: 'mail' }) @Unique() @Index() email!: string
  @Column(status, { default: 'open' }) status = 'open' as 'open' | 'closed'
  @Column(integer(), { nullable: true }) age: number | null = null
  @Column(text()) private secret = ''

  constructor() {
    super()
    throw new Error(`An entity was made: ${this.secret}`)
  }
}

@Entity('notes')
@PrimaryKey(['line', 'author'], { name: 'notes_key' })
export class Note {
  @Column(integer()) line!: number
  @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) author!: number
  @ForeignKey(() => Note, { references: 'code' })
  @Column(text(), { nullable: true })
  parent!: string | null
  @Unique() @Column(text()) code!: string
}

export const entities = [Note]
