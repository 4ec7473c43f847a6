// Primary key, unique and check constraints. A changed one is made again; its index goes and comes with it.
import type { ObjectKind, OperationBase, OperationSpec } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { checkConstraintName, primaryKeyName, uniqueConstraintName } from '../../model/naming.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { locksTable, plainTable } from '../relations.js'
import {
  type Constraint,
  type ConstraintConfig,
  constraintClause,
  constraintConfigOf,
  constraintKind,
} from './constraint.js'

interface OfTable extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
}
interface Create extends OfTable {
  readonly constraint: ConstraintConfig
}
interface Drop extends OfTable {
  readonly constraintName: string
  readonly was: ConstraintConfig
}
export interface CreatePrimaryKey extends Create {
  readonly type: 'create_primary_key'
}
export interface DropPrimaryKey extends Drop {
  readonly type: 'drop_primary_key'
}
export interface CreateUniqueConstraint extends Create {
  readonly type: 'create_unique_constraint'
}
export interface DropUniqueConstraint extends Drop {
  readonly type: 'drop_unique_constraint'
}
export interface CreateCheckConstraint extends Create {
  readonly type: 'create_check_constraint'
}
export interface DropCheckConstraint extends Drop {
  readonly type: 'drop_check_constraint'
}
export interface RenameConstraint extends OfTable {
  readonly type: 'rename_constraint'
  readonly constraintName: string
  readonly newName: string
}
export type ConstraintOperation =
  | CreatePrimaryKey
  | DropPrimaryKey
  | CreateUniqueConstraint
  | DropUniqueConstraint
  | CreateCheckConstraint
  | DropCheckConstraint
  | RenameConstraint

const creating = {
  'primary key': 'create_primary_key',
  unique: 'create_unique_constraint',
  check: 'create_check_constraint',
} as const
const dropping = {
  'primary key': 'drop_primary_key',
  unique: 'drop_unique_constraint',
  check: 'drop_check_constraint',
} as const
const words = { 'primary key': 'primary key', unique: 'unique constraint', check: 'check constraint' } as const

const of = (constraint: Constraint) => ({ schemaName: constraint.schemaName, tableName: constraint.table })
const tableOf = (op: OfTable) => qualified(op.schemaName, op.tableName)
const shown = (op: OfTable, name: string) =>
  `${op.schemaName === 'public' ? '' : `${op.schemaName}.`}${op.tableName}.${name}`
const text = (config: ConstraintConfig) =>
  config.expression !== undefined ? `(${config.expression})` : `(${(config.columns ?? []).join(', ')})`

function createSpec<Op extends Create>(): OperationSpec<Op> {
  return {
    describe: (op) => `Create ${words[op.constraint.type]} '${shown(op, op.constraint.name)}' ${text(op.constraint)}`,
    sql: (op) =>
      sql`alter table ${tableOf(op)} add ${constraintClause(op.constraint)}${op.constraint.notValid ? sql` not valid` : sql``}`,
    risks: (op, facts) =>
      facts.madeHere({ kind: 'table', schemaName: op.schemaName, name: op.tableName })
        ? []
        : [
            locksTable(op.tableName),
            {
              level: 'may-fail',
              code: op.constraint.type === 'check' ? 'ADDS_CHECK' : 'ADDS_UNIQUE',
              reason: `Rows of '${op.tableName}' that break ${words[op.constraint.type]} '${op.constraint.name}' stop the migration.`,
            },
          ],
    inverse: (op) => [
      {
        type: dropping[op.constraint.type],
        schemaName: op.schemaName,
        tableName: op.tableName,
        constraintName: op.constraint.name,
        was: op.constraint,
      } as OperationBase,
    ],
  }
}

function dropSpec<Op extends Drop>(): OperationSpec<Op> {
  return {
    describe: (op) => `Drop ${words[op.was.type]} '${shown(op, op.constraintName)}'`,
    sql: (op) => sql`alter table ${tableOf(op)} drop constraint ${id(op.constraintName)}`,
    inverse: (op) => [
      {
        type: creating[op.was.type],
        schemaName: op.schemaName,
        tableName: op.tableName,
        constraint: op.was,
      } as OperationBase,
    ],
  }
}

export interface ConstraintRow {
  schema_name: string
  table_name: string
  name: string
  type: string
  columns: string
  include: string
  expression: string | null
  nulls_not_distinct: string
  deferrable: string
  deferred: string
  no_inherit: string
  validated: string
}

/** What a model does not say (deferrable, NOT VALID, NULLS NOT DISTINCT, INCLUDE) stays as it is in the database. */
const plain = { check: null } as const

export const constraints: ObjectKind<Constraint, ConstraintOperation, ConstraintRow> = {
  name: constraintKind,
  partOfTable: true,
  identify: (constraint) => ({
    kind: constraintKind,
    schemaName: constraint.schemaName,
    table: constraint.table,
    name: constraint.name,
  }),
  names: (constraint) => {
    const { schemaName, table, name } = constraint
    const own = { space: 'constraint', schemaName, table, name }
    if (constraint.type === 'check') return [own]
    return [
      own,
      { space: 'relation', schemaName, name },
      { space: 'key', schemaName, table, name: [...constraint.columns].sort().join('\0') },
      // A table has one.
      ...(constraint.type === 'primary key' ? [{ space: 'key', schemaName, table, name: '\0primary' }] : []),
    ]
  },
  address: (constraint) =>
    sql`constraint ${id(constraint.name)} on ${qualified(constraint.schemaName, constraint.table ?? '')}`,
  bornWith: ({ schemaName, table, notValid }) =>
    notValid ? undefined : { space: 'relation', schemaName, name: table },
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: ({ schemaName, table, columns, include }) =>
    [...columns, ...(include ?? [])].map((name) => ({
      ref: { space: 'column', schemaName, table, name },
      strength: 'needs' as const,
    })),
  defaultName: (constraint) =>
    constraint.type === 'primary key'
      ? primaryKeyName(constraint.table)
      : constraint.type === 'unique'
        ? uniqueConstraintName(constraint.table, constraint.columns)
        : checkConstraintName(constraint.table, constraint.columns.length === 1 ? constraint.columns[0] : undefined),
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table): readonly Constraint[] => {
        const at = { schemaName: table.schemaName, table: table.name }
        return [
          ...(table.primaryKey ? [{ ...plain, ...at, ...table.primaryKey, type: 'primary key' as const }] : []),
          ...table.uniques.map((unique) => ({ ...plain, ...at, ...unique, type: 'unique' as const })),
          ...table.checks.map(({ expression, ...check }) => ({
            ...plain,
            ...at,
            ...check,
            type: 'check' as const,
            columns: [],
            check: { expression },
          })),
        ].map(({ comment: _comment, ...constraint }: Constraint & { comment?: unknown }) => constraint)
      }),
  catalog: {
    query: (server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, k.conname as name, k.contype as type,
        (select coalesce(json_agg(a.attname order by p.ord), '[]') from unnest(k.conkey) with ordinality p(num, ord) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.num) as columns,
        coalesce((select json_agg(a.attname order by p.ord) from unnest(i.indkey::int2[]) with ordinality p(num, ord) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.num where p.ord > i.indnkeyatts), '[]') as include,
        case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression,
        ${server.version >= 150000 ? sql`coalesce(i.indnullsnotdistinct, false)` : sql`false`} as nulls_not_distinct,
        k.condeferrable as deferrable, k.condeferred as deferred, k.connoinherit and k.contype = 'c' as no_inherit, k.convalidated as validated,
        '2606:' || k.oid || ':0' || case when k.contype <> 'c' then ',1259:' || k.conindid || ':0' else '' end as addresses
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_index i on i.indexrelid = k.conindid and k.contype <> 'c'
      where k.contype in ('p', 'u', 'c') and n.nspname = any(${schemas}) and ${plainTable('c')}
      order by 1, 2, case k.contype when 'p' then 0 when 'u' then 1 else 2 end, 3`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.name,
      type: row.type === 'p' ? 'primary key' : row.type === 'u' ? 'unique' : 'check',
      columns: JSON.parse(row.columns) as string[],
      include: JSON.parse(row.include) as string[],
      check: row.expression === null ? null : { expression: row.expression },
      nullsNotDistinct: row.nulls_not_distinct === 't',
      deferrable: row.deferrable === 't',
      initiallyDeferred: row.deferred === 't',
      noInherit: row.no_inherit === 't',
      notValid: row.validated === 'f',
    }),
  },
  // A check's columns are what its text says; they are read only so that its default name is known.
  differences: (current, desired) =>
    differing(
      current,
      desired,
      desired.type === 'check'
        ? ['type', 'check', 'noInherit', 'notValid']
        : ['type', 'columns', 'include', 'nullsNotDistinct', 'deferrable', 'initiallyDeferred'],
    ),
  create: (constraint) => [
    { type: creating[constraint.type], ...of(constraint), constraint: constraintConfigOf(constraint) },
  ],
  rename: (current, desired) => ({
    type: 'rename_constraint',
    ...of(current),
    constraintName: current.name,
    newName: desired.name,
  }),
  drop: (constraint) => ({
    type: dropping[constraint.type],
    ...of(constraint),
    constraintName: constraint.name,
    was: constraintConfigOf(constraint),
  }),
  survive: (constraint, around) =>
    constraint.type !== 'check' && around.desired !== undefined && !around.remade ? 'untouched' : 'recreate',
  operations: {
    create_primary_key: createSpec(),
    drop_primary_key: dropSpec(),
    create_unique_constraint: createSpec(),
    drop_unique_constraint: dropSpec(),
    create_check_constraint: createSpec(),
    drop_check_constraint: dropSpec(),
    rename_constraint: {
      describe: (op) => `Rename constraint '${shown(op, op.constraintName)}' to '${op.newName}'`,
      sql: (op) => sql`alter table ${tableOf(op)} rename constraint ${id(op.constraintName)} to ${id(op.newName)}`,
      inverse: (op) => [{ ...op, constraintName: op.newName, newName: op.constraintName }],
    },
  },
}
