// Foreign keys: always made after all tables, compared by their columns and actions, never by their name alone.
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import type { ForeignKeyAction } from '../../model/model-config.js'
import { foreignKeyName } from '../../model/naming.js'
import { id, join, qualified, raw, sql } from '../../sql/sql.js'
import { plainTable } from '../relations.js'

export interface ForeignKey {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
  readonly references: { readonly schemaName: string; readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: ForeignKeyAction
  readonly onUpdate: ForeignKeyAction
  /** What a model does not say of these stays as it is. */
  readonly matchFull?: boolean
  readonly deferrable?: boolean
  readonly initiallyDeferred?: boolean
  readonly notValid?: boolean
  /** For SET NULL and SET DEFAULT on delete: only these; empty for all. */
  readonly setColumns?: { readonly columns: readonly string[] }
  readonly renamedFrom?: string
}

/** A foreign key as operations carry it. */
export interface ForeignKeyConstraint {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: ForeignKey['references']
  readonly onDelete: ForeignKeyAction
  readonly onUpdate: ForeignKeyAction
  readonly matchFull?: true
  readonly deferrable?: true
  readonly initiallyDeferred?: true
  readonly notValid?: true
  readonly setColumns?: readonly string[]
}

interface OfTable extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
}
export interface CreateForeignKey extends OfTable {
  readonly type: 'create_foreign_key'
  readonly constraint: ForeignKeyConstraint
}
export interface DropForeignKey extends OfTable {
  readonly type: 'drop_foreign_key'
  readonly constraintName: string
  readonly was: ForeignKeyConstraint
}
export interface RenameForeignKey extends OfTable {
  readonly type: 'rename_foreign_key'
  readonly constraintName: string
  readonly newName: string
}
export type ForeignKeyOperation = CreateForeignKey | DropForeignKey | RenameForeignKey

const of = (key: ForeignKey) => ({ schemaName: key.schemaName, tableName: key.table })
const tableOf = (op: OfTable) => qualified(op.schemaName, op.tableName)
const list = (columns: readonly string[]) => join(columns.map(id))
const short = (schemaName: string, name: string) => (schemaName === 'public' ? name : `${schemaName}.${name}`)
const shown = (op: OfTable, name: string) => `${short(op.schemaName, op.tableName)}.${name}`

const configOf = (key: ForeignKey): ForeignKeyConstraint => ({
  name: key.name,
  columns: key.columns,
  references: key.references,
  onDelete: key.onDelete,
  onUpdate: key.onUpdate,
  ...(key.matchFull ? { matchFull: true } : {}),
  ...(key.deferrable ? { deferrable: true } : {}),
  ...(key.initiallyDeferred ? { initiallyDeferred: true } : {}),
  ...(key.notValid ? { notValid: true } : {}),
  ...(key.setColumns && key.setColumns.columns.length > 0 ? { setColumns: key.setColumns.columns } : {}),
})

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
  set_columns: string
}

export const foreignKeys: ObjectKind<ForeignKey, ForeignKeyOperation, ForeignKeyRow> = {
  name: 'foreign-key',
  partOfTable: true,
  identify: (key) => ({ kind: 'foreign-key', schemaName: key.schemaName, table: key.table, name: key.name }),
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
    {
      ref: {
        space: 'key',
        schemaName: references.schemaName,
        table: references.table,
        name: [...references.columns].sort().join('\0'),
      },
      strength: 'needs',
    },
  ],
  defaultName: (key) => foreignKeyName(key.table, key.columns),
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table) =>
        table.foreignKeys.map(({ comment: _comment, ...key }) => ({
          ...key,
          schemaName: table.schemaName,
          table: table.name,
        })),
      ),
  catalog: {
    query: (server, schemas) => {
      const names = (relation: string, numbers: string) =>
        sql`(select coalesce(json_agg(a.attname order by p.ord), '[]') from unnest(${raw(numbers)}) with ordinality p(num, ord) join pg_attribute a on a.attrelid = ${raw(relation)} and a.attnum = p.num)`
      return sql`
      select n.nspname as schema_name, c.relname as table_name, k.conname as name, ${names('k.conrelid', 'k.conkey')} as columns,
        tn.nspname as target_schema, t.relname as target_table, ${names('k.confrelid', 'k.confkey')} as target_columns,
        k.confdeltype as on_delete, k.confupdtype as on_update, k.confmatchtype as match, k.condeferrable as deferrable, k.condeferred as deferred, k.convalidated as validated,
        ${server.version >= 150000 ? names('k.conrelid', 'k.confdelsetcols') : sql`'[]'`} as set_columns, '2606:' || k.oid || ':0' as addresses
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
      where k.contype = 'f' and k.conparentid = 0 and n.nspname = any(${schemas}) and ${plainTable('c')}
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
      notValid: row.validated === 'f',
      setColumns: { columns: JSON.parse(row.set_columns) as string[] },
    }),
  },
  differences: (current, desired) =>
    differing(current, desired, [
      'columns',
      'references',
      'onDelete',
      'onUpdate',
      'matchFull',
      'deferrable',
      'initiallyDeferred',
      'notValid',
      'setColumns',
    ]),
  create: (key) => [{ type: 'create_foreign_key', ...of(key), constraint: configOf(key) }],
  rename: (current, desired) => ({
    type: 'rename_foreign_key',
    ...of(current),
    constraintName: current.name,
    newName: desired.name,
  }),
  drop: (key) => ({ type: 'drop_foreign_key', ...of(key), constraintName: key.name, was: configOf(key) }),
  operations: {
    create_foreign_key: {
      describe: ({ constraint: key, ...op }) =>
        `Create foreign key '${shown(op, key.name)}' (${key.columns.join(', ')}) → ${short(key.references.schemaName, key.references.table)} (${key.references.columns.join(', ')})`,
      sql: ({ constraint: key, ...op }) => {
        const deleting = key.setColumns ? sql` (${list(key.setColumns)})` : sql``
        const clauses = [
          sql`alter table ${tableOf(op)} add constraint ${id(key.name)} foreign key (${list(key.columns)}) references ${qualified(key.references.schemaName, key.references.table)} (${list(key.references.columns)})`,
          ...(key.matchFull ? [sql`match full`] : []),
          ...(key.onDelete === 'no action' ? [] : [sql`on delete ${raw(key.onDelete)}${deleting}`]),
          ...(key.onUpdate === 'no action' ? [] : [sql`on update ${raw(key.onUpdate)}`]),
          ...(key.deferrable ? [sql`deferrable`] : []),
          ...(key.initiallyDeferred ? [sql`initially deferred`] : []),
          ...(key.notValid ? [sql`not valid`] : []),
        ]
        return join(clauses, ' ')
      },
      risks: (op, facts) =>
        facts.madeHere({ kind: 'table', schemaName: op.schemaName, name: op.tableName })
          ? []
          : [
              {
                level: 'blocking',
                code: 'LOCKS_TABLE',
                reason: `Writes to '${op.tableName}' and '${op.constraint.references.table}' wait while rows are checked (SHARE ROW EXCLUSIVE).`,
              },
              {
                level: 'may-fail',
                code: 'ADDS_FOREIGN_KEY',
                reason: `Rows of '${op.tableName}' without a match in '${op.constraint.references.table}' stop the migration.`,
              },
            ],
      inverse: (op) => [
        {
          type: 'drop_foreign_key',
          schemaName: op.schemaName,
          tableName: op.tableName,
          constraintName: op.constraint.name,
          was: op.constraint,
        },
      ],
    },
    drop_foreign_key: {
      describe: (op) => `Drop foreign key '${shown(op, op.constraintName)}'`,
      sql: (op) => sql`alter table ${tableOf(op)} drop constraint ${id(op.constraintName)}`,
      inverse: (op) => [
        { type: 'create_foreign_key', schemaName: op.schemaName, tableName: op.tableName, constraint: op.was },
      ],
    },
    rename_foreign_key: {
      describe: (op) => `Rename foreign key '${shown(op, op.constraintName)}' to '${op.newName}'`,
      sql: (op) => sql`alter table ${tableOf(op)} rename constraint ${id(op.constraintName)} to ${id(op.newName)}`,
      inverse: (op) => [{ ...op, constraintName: op.newName, newName: op.constraintName }],
    },
  },
}
