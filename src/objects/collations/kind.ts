// Collations: only their names change in place; anything else needs a new one, and what is sorted by it moves over.
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase, Server } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { requireVersion } from '../server-version.js'

export interface Collation {
  readonly schemaName: string
  readonly name: string
  readonly provider: 'icu' | 'libc' | 'builtin'
  /** Of ICU and of PostgreSQL's own provider. */
  readonly locale: string | null
  /** Of the C library. */
  readonly lcCollate: string | null
  readonly lcCtype: string | null
  readonly deterministic: boolean
  /** Rules besides those of the ICU locale; PostgreSQL 16 and later. */
  readonly rules: string | null
  readonly renamedFrom?: string
}

type CollationConfig = Omit<Collation, 'schemaName' | 'name' | 'renamedFrom'>

interface OfCollation extends OperationBase {
  readonly schemaName: string
  readonly collationName: string
}
export interface CreateCollation extends OfCollation {
  readonly type: 'create_collation'
  readonly config: CollationConfig
}
export interface RenameCollation extends OfCollation {
  readonly type: 'rename_collation'
  readonly newName: string
}
export interface DropCollation extends OfCollation {
  readonly type: 'drop_collation'
  readonly was: CollationConfig
}
export type CollationOperation = CreateCollation | RenameCollation | DropCollation

export interface CollationRow {
  schema_name: string
  name: string
  provider: string
  locale: string | null
  lc_collate: string | null
  lc_ctype: string | null
  deterministic: string
  rules: string | null
}

const fields = ['provider', 'locale', 'lcCollate', 'lcCtype', 'deterministic', 'rules'] as const
const of = ({ schemaName, name }: Collation) => ({ schemaName, collationName: name })
const configOf = ({ provider, locale, lcCollate, lcCtype, deterministic, rules }: Collation): CollationConfig => ({
  provider,
  locale,
  lcCollate,
  lcCtype,
  deterministic,
  rules,
})
const nameOf = (op: OfCollation) => qualified(op.schemaName, op.collationName)
const shown = (op: OfCollation) => display({ schemaName: op.schemaName, name: op.collationName })

/** How ICU writes a language tag: `de_DE` is `de-DE`, and `kn-true` is `kn`. */
const tag = (locale: string | null): string | null =>
  locale === null
    ? null
    : locale
        .replaceAll('_', '-')
        .toLowerCase()
        .replace(/-(true|yes)(?=-|$)/g, '')

const comparable = (collation: Collation): Collation =>
  collation.provider === 'icu' ? { ...collation, locale: tag(collation.locale) } : collation

function clauses(name: string, config: CollationConfig, server: Server): readonly Sql[] {
  if (config.rules !== null) requireVersion(server, 16, `The rules of collation '${name}'`)
  if (config.provider === 'builtin') requireVersion(server, 17, `The provider 'builtin' of collation '${name}'`)
  const text = (option: string, value: string | null): readonly Sql[] =>
    value === null ? [] : [sql`${raw(option)} = ${literal(value)}`]
  return [
    sql`provider = ${raw(config.provider)}`,
    ...text('locale', config.locale),
    ...text('lc_collate', config.lcCollate),
    ...text('lc_ctype', config.lcCtype),
    ...(config.deterministic ? [] : [sql`deterministic = false`]),
    ...text('rules', config.rules),
  ]
}

/** PostgreSQL 14 keeps the locale of ICU where it keeps those of the C library; 17 has one column for all that are not. */
const localeColumn = ({ version }: Server): Sql =>
  version >= 170000
    ? sql`o.colllocale`
    : version >= 150000
      ? sql`o.colliculocale`
      : sql`case when o.collprovider = 'i' then o.collcollate end`

const providers: Readonly<Record<string, Collation['provider']>> = { i: 'icu', c: 'libc', b: 'builtin' }

export const collations: ObjectKind<Collation, CollationOperation, CollationRow> = {
  name: 'collation',
  identify: ({ schemaName, name }) => ({ kind: 'collation', schemaName, name }),
  names: ({ schemaName, name }) => [{ space: 'collation', schemaName, name }],
  address: ({ schemaName, name }) => sql`collation ${qualified(schemaName, name)}`,
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_collation where collnamespace = any(${spaces}))`,
    query: (server, schemas) => sql`
      select n.nspname as schema_name, o.collname as name, o.collprovider as provider, ${localeColumn(server)} as locale,
        case when o.collprovider = 'c' then o.collcollate end as lc_collate, case when o.collprovider = 'c' then o.collctype end as lc_ctype,
        o.collisdeterministic as deterministic, ${server.version >= 160000 ? sql`o.collicurules` : sql`null`} as rules,
        '3456:' || o.oid || ':0' as addresses
      from pg_collation o join pg_namespace n on n.oid = o.collnamespace
      where n.nspname = any(${schemas}) and o.collencoding in (-1, (select d.encoding from pg_database d where d.datname = current_database()))
        and not exists (select from pg_depend d where d.classid = 3456 and d.objid = o.oid and d.deptype = 'e')
      order by 1, 2, o.collencoding`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      provider: providers[row.provider] ?? 'libc',
      locale: row.locale,
      lcCollate: row.lc_collate,
      lcCtype: row.lc_ctype,
      deterministic: row.deterministic === 't',
      rules: row.rules,
    }),
  },
  differences: (current, desired) => differing(comparable(current), comparable(desired), fields),
  create: (collation) => [{ type: 'create_collation', ...of(collation), config: configOf(collation) }],
  rename: (current, desired) => ({ type: 'rename_collation', ...of(current), newName: desired.name }),
  aside: (current, _desired, name) => [{ type: 'rename_collation', ...of(current), newName: name }],
  drop: (collation) => ({ type: 'drop_collation', ...of(collation), was: configOf(collation) }),
  operations: {
    create_collation: {
      describe: (op) =>
        `Create collation '${shown(op)}' (${[op.config.provider, op.config.locale ?? op.config.lcCollate].filter(Boolean).join(', ')})`,
      sql: (op, server) => sql`create collation ${nameOf(op)} (${join(clauses(shown(op), op.config, server))})`,
      inverse: ({ config, ...op }) => [{ ...op, type: 'drop_collation', was: config } as OperationBase],
    },
    rename_collation: {
      describe: (op) => `Rename collation '${shown(op)}' to '${op.newName}'`,
      sql: (op) => sql`alter collation ${nameOf(op)} rename to ${id(op.newName)}`,
      inverse: (op) => [{ ...op, collationName: op.newName, newName: op.collationName } as OperationBase],
    },
    drop_collation: {
      describe: (op) => `Drop collation '${shown(op)}'`,
      sql: (op) => sql`drop collation ${nameOf(op)}`,
      inverse: ({ was, ...op }) => [{ ...op, type: 'create_collation', config: was } as OperationBase],
    },
  },
}
