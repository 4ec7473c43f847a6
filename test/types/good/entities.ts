// Everything that a property and its column may be, in both proposals, strict or not.
import {
  bigint,
  bigserial,
  boolean,
  bytea,
  Check,
  Column,
  char,
  customType,
  date,
  Entity,
  Exclude,
  enumType,
  ForeignKey,
  Index,
  integer,
  jsonb,
  numeric,
  PrimaryKey,
  point,
  serial,
  sql,
  text,
  timestamptz,
  Unique,
  uuid,
  varchar,
  With,
} from 'lockstep-pg'

const status = enumType('status', ['open', 'closed'])
const level = enumType('level', ['low', 'high'], { schema: 'kinds', comment: 'c', renamed: { low: 'lowest' } })
type Size = 'S' | 'M'
interface Settings {
  readonly theme?: string
}

abstract class Base {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(timestamptz(), { default: sql`now()` }) readonly createdAt!: Date
}

@Entity('users')
@Entity()
@Entity({ table: 'users', schema: 'auth', managed: false, keyless: true, comment: null })
@Index(['email'], { unique: true, where: sql`deleted_at is null`, include: ['id', 'createdAt'] })
@Index([sql`lower(email)`, { property: 'createdAt', order: 'desc', nulls: 'last' }, { expression: sql`id + 1` }, 'id'])
@Unique(['email', 'status'], { name: 'n' })
@Unique(['email'], {
  nullsNotDistinct: true,
  include: ['id'],
  deferrable: 'initially deferred',
  with: { fillfactor: 70 },
})
@PrimaryKey(['id', 'email'], { name: 'n' })
@Exclude(
  [
    { property: 'email', with: '=', opclass: 'text_ops' },
    { expression: sql`id`, with: '&&' },
  ],
  { include: ['size'] },
)
@Check('named', sql`id > 0`, { comment: 'c' })
@Check(sql`id > 0`, { renamedFrom: 'old' })
@With((table) => ({ kind: 'policy', object: table.table }), { kind: 'x', object: 1 })
@ForeignKey(() => Other, { properties: ['email', 'id'], references: ['code', 'key'], onDelete: 'cascade' })
@ForeignKey(() => Other, { properties: ['email'] })
@ForeignKey(() => Other, {
  properties: ['email', 'id'],
  onDelete: { setNull: ['email'] },
  match: 'full',
  notValid: true,
})
export class User extends Base {
  @Column(text()) email!: string
  @Column(varchar<Size>(1)) size!: Size
  @Column(varchar<Size>(1)) wider!: string
  @Column(char<'a' | 'b'>(), { default: 'a' }) letter!: 'a' | 'b'
  @Column(integer(), { nullable: true }) age!: number | null
  @Column(integer(), { nullable: true }) optional?: number | null
  @Column(integer(), { nullable: true }) missing?: number
  @Column(integer(), { nullable: false }) notNull!: number
  @Column(integer()) given?: number
  @Column(integer(), { default: 5 }) readonly five!: number
  @Column(integer()) initialized = 5
  @Column(status, { default: 'open' }) status!: 'open' | 'closed'
  @Column(status) more!: 'open' | 'closed' | 'unknown'
  @Column(status) any_text!: string
  @Column(level.array(), { default: ['low'] }) levels!: ('low' | 'high')[]
  @Column(jsonb<Settings>(), { default: { theme: 'x' } }) settings!: Settings
  @Column(jsonb()) unknown!: unknown
  @Column(jsonb(), { nullable: true }) nullableUnknown!: unknown
  // biome-ignore lint/suspicious/noExplicitAny: what is tested
  @Column(jsonb()) anything!: any
  // biome-ignore lint/suspicious/noExplicitAny: what is tested
  @Column(integer(), { nullable: true }) number!: any
  @Column(text().array()) tags!: string[]
  @Column(text().array().array()) table!: readonly (readonly string[])[]
  @Column(bigint()) big!: string
  @Column(bigint<bigint>(), { default: 5n }) bigger!: bigint
  @Column(bigint<number>()) counted!: number
  @Column(numeric(10, 2), { default: '1.5' }) price!: string
  @Column(numeric<number>(10, 2)) amount!: number
  @Column(boolean(), { default: false }) flag!: boolean
  @Column(bytea()) data!: Buffer
  @Column(bytea()) bytes!: Uint8Array
  @Column(date<string>()) day!: string
  @Column(uuid(), { default: sql`gen_random_uuid()` }) key!: string
  @Column(point()) at!: { x: number; y: number }
  @Column(customType<number[]>('vector(3)')) vector!: number[]
  @Column(serial()) counter!: number
  @Column(bigserial()) bigCounter!: string
  @Column(numeric(), { generated: sql`id * 2` }) twice!: string
  @Column(numeric(), { generated: { expression: sql`id * 2`, stored: false } }) virtual!: string
  @Column(integer(), { identity: { generation: 'byDefault', start: 10, increment: 2n, maxValue: '9' } }) n!: number
  @Column(text(), { collation: { schema: 'pg_catalog', name: 'C' }, comment: null, ignore: ['default'] }) c!: string
  @Column(text(), { using: sql`x`, backfill: sql`''`, renamedFrom: 'y', name: 'z', ignore: true }) z!: string
  @Unique() @Index({ method: 'hash', unique: false }) @Column(text()) slug!: string
  @Unique({ name: 'u' }) @Index() @Column(text()) other!: string
  @ForeignKey(() => Other) @Column(integer()) otherKey!: number
  @ForeignKey(() => Other, { references: 'code', onUpdate: 'set null' }) @Column(text()) otherCode!: string
  @Column(text()) private secret!: string
  @Column(text()) protected guarded!: string
  notAColumn!: () => void

  constructor(private readonly dependency: Date) {
    super()
    void this.dependency
    void this.secret
  }
}

@Entity('others')
export class Other {
  @PrimaryKey(integer()) key!: number
  @Column(text()) code!: string
}

export class Generic<T extends string> {
  @Column(text()) kept!: string
  unrelated!: T
}

@Entity({
  table: 'measured',
  accessMethod: null,
  partitionBy: { range: ['at', sql`lower(place)`] },
  partitions: [
    { name: 'a', from: ['2024-01-01', sql`minvalue`], to: [new Date(0), 'x'] },
    { name: 'rest', schema: 'parts', default: true },
  ],
})
export class Measured {
  @PrimaryKey(integer(), { options: { nDistinct: 5 } }) id!: number
  @Column(text(), { options: null }) place!: string
}

@Entity({ inherits: () => Measured, keyless: true, partitionBy: { hash: ['id'] }, partitions: 'external' })
@Entity({ inherits: Measured, partitionBy: { list: ['id'] }, partitions: [{ name: 'n', in: [1, null, 2n, true] }] })
@Entity({ inherits: [() => Measured, Measured], partitions: [{ name: 'h', modulus: 4, remainder: 0 }] })
export class Heir extends Measured {}
