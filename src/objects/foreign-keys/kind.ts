// Foreign keys: always made after all tables, compared by their columns and actions, never by their name alone.
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import type { ForeignKeyAction } from '../../model/model-config.js'
import { foreignKeyName } from '../../model/naming.js'
import { id, qualified, raw, sql } from '../../sql/sql.js'
import { foreignKeyKind, heirsOf, plainTable, tiedTo } from '../relations.js'
import { configOf, type ForeignKey } from './foreign-key.js'
import { type ForeignKeyOperation, foreignKeyOperations, of } from './operations.js'

const actions: Readonly<Record<string, ForeignKeyAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

export interface ForeignKeyRow {
  schema_name: string
  table_name: string
  name: string
  columns: string
  target_schema: string
  target_table: string
  target_columns: string
  on_delete: string
  on_update: string
  match: string
  deferrable: string
  deferred: string
  validated: string
  enforced: string
  period: string
  set_columns: string
}

const compared = [
  'columns',
  'references',
  'onDelete',
  'onUpdate',
  'matchFull',
  'deferrable',
  'initiallyDeferred',
  'notValid',
  'notEnforced',
  'setColumns',
  'period',
] as const satisfies readonly (keyof ForeignKey)[]

/** What ALTER CONSTRAINT can say of a foreign key. */
const alterable: readonly string[] = ['deferrable', 'initiallyDeferred', 'notEnforced']

const referencedKey = ({ references: { schemaName, table, columns } }: Pick<ForeignKey, 'references'>) => ({
  space: 'key',
  schemaName,
  table,
  name: [...columns].sort().join('\0'),
})

export const foreignKeys: ObjectKind<ForeignKey, ForeignKeyOperation, ForeignKeyRow> = {
  name: foreignKeyKind,
  readsRows: true,
  partOfTable: true,
  passedOn: true,
  takesOver: true,
  identify: (key) => ({ kind: foreignKeyKind, schemaName: key.schemaName, table: key.table, name: key.name }),
  names: ({ schemaName, table, name }) => [{ space: 'constraint', schemaName, table, name }],
  address: (key) => sql`constraint ${id(key.name)} on ${qualified(key.schemaName, key.table ?? '')}`,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: ({ schemaName, table, columns, references }) => [
    ...columns.map((name) => ({ ref: { space: 'column', schemaName, table, name }, strength: 'needs' as const })),
    ...references.columns.map((name) => ({
      ref: { space: 'column', schemaName: references.schemaName, table: references.table, name },
      strength: 'needs' as const,
    })),
    { ref: { space: 'relation', schemaName: references.schemaName, name: references.table }, strength: 'needs' },
    { ref: heirsOf(references), strength: 'needs' },
    { ref: referencedKey({ references }), strength: 'needs' },
  ],
  // PostgreSQL chooses the index that it rests on: no other one is there any more.
  madeAfter: (key) => [referencedKey(key)],
  // No partition lets go of rows that it leads to.
  fixes: ({ references }) => [heirsOf(references)],
  defaultName: (key) => foreignKeyName(key.table, key.columns),
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table) =>
        table.foreignKeys.map(({ comment: _comment, setColumns, ...key }) => ({
          ...key,
          ...(setColumns === undefined ? {} : { setColumns: { columns: setColumns } }),
          schemaName: table.schemaName,
          table: table.name,
        })),
      ),
  catalog: {
    occurs: () => sql`exists (select from pg_constraint where contype = 'f')`,
    // What PostgreSQL keeps for each partition, on either side, is the same foreign key.
    query: (server, schemas) => {
      const names = (relation: string, numbers: string) =>
        sql`(select coalesce(json_agg(a.attname order by p.ord), '[]') from unnest(${raw(numbers)}) with ordinality p(num, ord) join pg_attribute a on a.attrelid = ${raw(relation)} and a.attnum = p.num)`
      return sql`
      with recursive part(root, oid) as (
        select k.conparentid, k.oid from pg_constraint k where k.contype = 'f' and k.conparentid <> 0
        union all select part.root, k.oid from part join pg_constraint k on k.conparentid = part.oid
      ), parts as (select root, string_agg(',2606:' || oid || ':0', '') as addresses from part group by root)
      select n.nspname as schema_name, c.relname as table_name, k.conname as name, ${names('k.conrelid', 'k.conkey')} as columns,
        tn.nspname as target_schema, t.relname as target_table, ${names('k.confrelid', 'k.confkey')} as target_columns,
        k.confdeltype as on_delete, k.confupdtype as on_update, k.confmatchtype as match, k.condeferrable as deferrable, k.condeferred as deferred, k.convalidated as validated,
        ${server.version >= 180000 ? sql`k.conenforced` : sql`true`} as enforced, ${server.version >= 180000 ? sql`k.conperiod` : sql`false`} as period,
        ${server.version >= 150000 ? names('k.conrelid', 'k.confdelsetcols') : sql`'[]'`} as set_columns,
        case when k.conparentid <> 0 then ${tiedTo('c')} end as tied_to,
        '2606:' || k.oid || ':0' || coalesce(parts.addresses, '') as addresses
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
      left join parts on parts.root = k.oid
      where k.contype = 'f' and (k.conparentid = 0 or exists (select from pg_constraint pk where pk.oid = k.conparentid and pk.conrelid <> k.conrelid)) and n.nspname = any(${schemas}) and ${plainTable('c')}
      order by 1, 2, 3`
    },
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.name,
      columns: JSON.parse(row.columns) as string[],
      references: {
        schemaName: row.target_schema,
        table: row.target_table,
        columns: JSON.parse(row.target_columns) as string[],
      },
      onDelete: actions[row.on_delete] ?? 'no action',
      onUpdate: actions[row.on_update] ?? 'no action',
      matchFull: row.match === 'f',
      deferrable: row.deferrable === 't',
      initiallyDeferred: row.deferred === 't',
      notValid: row.validated === 'f' && row.enforced === 't',
      notEnforced: row.enforced === 'f',
      setColumns: { columns: JSON.parse(row.set_columns) as string[] },
      period: row.period === 't',
    }),
  },
  differences: (current, desired) => differing(current, desired, compared),
  create: (key) => [{ type: 'create_foreign_key', ...of(key), constraint: configOf(key) }],
  alter: (current, desired, changed, side) => {
    const at = { ...of(desired), constraintName: desired.name }
    const [from, to] = [configOf(current), configOf(desired)]
    const validates = changed.includes('notValid') && !desired.notValid && !current.notEnforced
    const rest = changed.filter((field) => !(field === 'notValid' && validates))
    if (!rest.every((field) => alterable.includes(field))) return 'recreate'
    // The way down to a server that knows no NOT ENFORCED never comes here.
    if (rest.includes('notEnforced') && side.server.version < 180000) return 'recreate'
    return [
      ...(rest.length > 0 ? [{ type: 'alter_foreign_key' as const, ...at, from, to }] : []),
      ...(validates ? [{ type: 'validate_foreign_key' as const, ...at, constraint: to }] : []),
    ]
  },
  rename: (current, desired) => ({
    type: 'rename_foreign_key',
    ...of(current),
    constraintName: current.name,
    newName: desired.name,
  }),
  drop: (key) => ({ type: 'drop_foreign_key', ...of(key), constraintName: key.name, was: configOf(key) }),
  operations: foreignKeyOperations,
}
