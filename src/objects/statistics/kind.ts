// Extended statistics. Their target and schema are altered in place; with other columns, expressions or types they are made again.
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { expression } from '../../sql/expression.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { type Statistics, type StatisticsType, statisticsKind, statisticsTypes } from './statistics.js'

/** Statistics as operations carry them. */
export type StatisticsConfig = Pick<Statistics, 'types' | 'columns' | 'expressions' | 'target'>

interface OfStatistics extends OperationBase {
  /** The schema that they lie in. */
  readonly schemaName: string
  readonly statisticsName: string
}
export interface CreateStatistics extends OfStatistics {
  readonly type: 'create_statistics'
  readonly of: { readonly schemaName: string; readonly table: string }
  readonly statistics: StatisticsConfig
}
export interface DropStatistics extends OfStatistics {
  readonly type: 'drop_statistics'
  readonly of: { readonly schemaName: string; readonly table: string }
  readonly was: StatisticsConfig
}
export interface RenameStatistics extends OfStatistics {
  readonly type: 'rename_statistics'
  readonly newName: string
}
/** `target: null` is the default. */
export interface SetStatisticsTarget extends OfStatistics {
  readonly type: 'set_statistics_target'
  readonly from: number | null
  readonly to: number | null
}
export interface MoveStatistics extends OfStatistics {
  readonly type: 'move_statistics'
  readonly newSchema: string
}
export type StatisticsOperation =
  | CreateStatistics
  | DropStatistics
  | RenameStatistics
  | SetStatisticsTarget
  | MoveStatistics

export interface StatisticsRow {
  schema_name: string
  table_name: string
  name: string
  home: string
  types: string
  columns: string
  expressions: string
  target: string | null
}

const homeOf = ({ home, schemaName }: Statistics): string => home?.schemaName ?? schemaName
const of = (one: Statistics) => ({ schemaName: homeOf(one), statisticsName: one.name })
const relationOf = ({ schemaName, table }: Statistics) => ({ schemaName, table })
const configOf = ({ types, columns, expressions, target }: Statistics): StatisticsConfig => ({
  types,
  columns,
  expressions,
  target,
})
const nameOf = (op: OfStatistics): Sql => qualified(op.schemaName, op.statisticsName)
const shown = (op: OfStatistics): string => display({ schemaName: op.schemaName, name: op.statisticsName })
const targetSql = (op: OfStatistics, target: number | null): Sql =>
  sql`alter statistics ${nameOf(op)} set statistics ${raw(String(target ?? -1))}`

export const statistics: ObjectKind<Statistics, StatisticsOperation, StatisticsRow> = {
  name: statisticsKind,
  partOfTable: true,
  identify: ({ schemaName, table, name }) => ({ kind: statisticsKind, schemaName, table, name }),
  names: (one) => [{ space: 'statistics', schemaName: homeOf(one), name: one.name }],
  address: (one, object) => sql`statistics ${qualified(object ? homeOf(object) : one.schemaName, one.name)}`,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: (one) => [
    { ref: { space: 'schema', name: homeOf(one) }, strength: 'needs' as const },
    ...one.columns.map((name) => ({
      ref: { space: 'column', schemaName: one.schemaName, table: one.table, name },
      strength: 'needs' as const,
    })),
  ],
  declare: () => [],
  catalog: {
    occurs: () => sql`exists (select from pg_statistic_ext)`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, x.stxname as name, h.nspname as home,
        (select json_agg(k) from unnest(x.stxkind) k) as types,
        (select coalesce(json_agg(a.attname order by a.attname collate "C"), '[]') from unnest(x.stxkeys::int2[]) k(num) join pg_attribute a on a.attrelid = x.stxrelid and a.attnum = k.num) as columns,
        coalesce(to_json(pg_get_statisticsobjdef_expressions(x.oid)), '[]') as expressions,
        nullif(x.stxstattarget, -1) as target, '3381:' || x.oid || ':0' as addresses
      from pg_statistic_ext x join pg_class c on c.oid = x.stxrelid join pg_namespace n on n.oid = c.relnamespace join pg_namespace h on h.oid = x.stxnamespace
      where n.nspname = any(${schemas}) and not exists (select from pg_depend e where e.classid = 3381 and e.objid = x.oid and e.deptype = 'e')
        and not exists (select from pg_depend e where e.classid = 1259 and e.objid = c.oid and e.objsubid = 0 and e.deptype = 'e')
      order by 1, 2, 3`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.name,
      home: row.home === row.schema_name ? null : { schemaName: row.home },
      types: (JSON.parse(row.types) as string[]).flatMap((letter) => letters[letter] ?? []).sort(),
      columns: JSON.parse(row.columns) as string[],
      expressions: (JSON.parse(row.expressions) as string[]).map((expression) => ({ expression })),
      target: row.target === null ? null : Number(row.target),
    }),
  },
  // A renamed column may stand at another place of the list.
  differences: (current, desired) =>
    differing({ ...current, columns: [...current.columns].sort() }, desired, [
      'home',
      'types',
      'columns',
      'expressions',
      'target',
    ]),
  create: (one) => [{ type: 'create_statistics', ...of(one), of: relationOf(one), statistics: configOf(one) }],
  alter: (current, desired, changed) =>
    changed.some((field) => field !== 'home' && field !== 'target')
      ? 'recreate'
      : [
          ...(changed.includes('home')
            ? [{ type: 'move_statistics' as const, ...of(current), newSchema: homeOf(desired) }]
            : []),
          ...(changed.includes('target')
            ? [{ type: 'set_statistics_target' as const, ...of(desired), from: current.target, to: desired.target }]
            : []),
        ],
  rename: (current, desired) => ({ type: 'rename_statistics', ...of(current), newName: desired.name }),
  drop: (one) => ({ type: 'drop_statistics', ...of(one), of: relationOf(one), was: configOf(one) }),
  inScratch: (one) => ({ ...one, home: null, target: null }),
  // PostgreSQL makes those on plain columns again by itself when the type of a column changes, without their target.
  survive: (one, around, _side, desired) => {
    if (around.desired === undefined || around.remade || one.expressions.length > 0) return 'recreate'
    return desired.target === null
      ? 'untouched'
      : { before: [], after: [{ type: 'set_statistics_target', ...of(desired), from: null, to: desired.target }] }
  },
  operations: {
    create_statistics: {
      describe: (op) => `Create statistics '${shown(op)}' on ${op.of.table} (${parts(op.statistics)})`,
      sql: (op) => {
        const { types, columns, expressions, target } = op.statistics
        // All of them is said by saying none, as it has to be for a single expression.
        const some = types.length > 0 && types.length < statisticsTypes.length
        const keys = [...columns.map(id), ...expressions.map((one) => sql`(${expression(one.expression)})`)]
        const create = sql`create statistics ${nameOf(op)}${some ? sql` (${join(types.map(raw))})` : sql``} on ${join(keys)} from ${qualified(op.of.schemaName, op.of.table)}`
        return target === null ? create : [create, targetSql(op, target)]
      },
      inverse: ({ statistics, ...op }) => [{ ...op, type: 'drop_statistics', was: statistics } as DropStatistics],
    },
    drop_statistics: {
      describe: (op) => `Drop statistics '${shown(op)}'`,
      sql: (op) => sql`drop statistics ${nameOf(op)}`,
      inverse: ({ was, ...op }) => [{ ...op, type: 'create_statistics', statistics: was } as CreateStatistics],
    },
    rename_statistics: {
      describe: (op) => `Rename statistics '${shown(op)}' to '${op.newName}'`,
      sql: (op) => sql`alter statistics ${nameOf(op)} rename to ${id(op.newName)}`,
      inverse: (op) => [{ ...op, statisticsName: op.newName, newName: op.statisticsName }],
    },
    set_statistics_target: {
      describe: (op) => `Set target of statistics '${shown(op)}' (${op.from ?? 'default'} → ${op.to ?? 'default'})`,
      sql: (op) => targetSql(op, op.to),
      inverse: (op) => [{ ...op, from: op.to, to: op.from }],
    },
    move_statistics: {
      describe: (op) => `Move statistics '${shown(op)}' to schema '${op.newSchema}'`,
      sql: (op) => sql`alter statistics ${nameOf(op)} set schema ${id(op.newSchema)}`,
      inverse: (op) => [{ ...op, schemaName: op.newSchema, newSchema: op.schemaName }],
    },
  },
}

const letters: Readonly<Record<string, StatisticsType>> = { d: 'ndistinct', f: 'dependencies', m: 'mcv' }

const parts = ({ types, columns, expressions }: StatisticsConfig): string =>
  [
    [...columns, ...expressions.map(({ expression }) => expression)].join(', '),
    ...(types.length > 0 && types.length < statisticsTypes.length ? [types.join(', ')] : []),
  ].join('; ')
