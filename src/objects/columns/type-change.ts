// A column's change of type or collation: its statement and its risks, for a plain conversion and for a type that is made anew.
import { display } from '../../engine/identity.js'
import type { Risk } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { id, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { displayType, parseType } from '../../sql/types.js'
import { castOf } from '../casts.js'
import { type Conversion, conversion } from '../conversion.js'
import { type ColumnConfig, collateClause, type Through } from './column.js'
import type { AlterColumn, OfColumn } from './operation.js'

export const tableOf = (op: OfColumn): Sql => qualified(op.schemaName, op.tableName)
export const shown = (op: OfColumn): string =>
  display({ schemaName: op.schemaName, table: op.tableName, name: op.columnName })
export const shownType = (config: ColumnConfig): string => displayType(parseType(config.type))

export const rewrites = (op: OfColumn): Risk => ({
  level: 'blocking',
  code: 'REWRITES_TABLE',
  reason: `Table '${op.tableName}' is rewritten; reads and writes wait.`,
})

export const typeChanges = (op: AlterColumn): boolean =>
  op.from.type !== op.to.type ||
  op.to.through !== undefined ||
  !sameData(op.from.collation ?? null, op.to.collation ?? null)

/** Between domains, or one and a plain type, what they have values of decides. */
function conversionOf({ from, to, bases }: AlterColumn): Conversion {
  if (!bases) return conversion(from.type, to.type)
  const { effect, using } = conversion(bases.from?.type ?? from.type, bases.to?.type ?? to.type)
  const strict = bases.to?.checked === true && (effect === 'free' || effect === 'rewrite')
  return { effect: strict ? 'may-fail' : effect, using: using || parseType(to.type).dimensions !== undefined }
}

export function typeSql(op: AlterColumn, column: Sql): readonly Sql[] {
  if (!typeChanges(op)) return []
  const { using } = conversionOf(op)
  const cast =
    op.to.using !== undefined
      ? sql` using ${raw(op.to.using)}`
      : op.to.through
        ? op.to.through.using === undefined
          ? sql``
          : sql` using ${raw(op.to.through.using)}`
        : using
          ? sql` using ${castOf(id(op.columnName), op.from.type, op.to.type)}`
          : sql``
  const body = op.to.using === undefined ? op.to.through?.body : undefined
  const collation = op.to.collation ? sql` ${collateClause(op.to.collation)}` : sql``
  const change = sql`${column} type ${raw(op.to.type)}${collation}`
  if (body === undefined) return [sql`${change}${cast}`]
  return [
    mover(op, body),
    sql`${change} using pg_temp.lockstep_move(${id(op.columnName)})`,
    sql`drop function pg_temp.lockstep_move`,
  ]
}

/** A subquery is not allowed in USING, a function is. */
const mover = (op: AlterColumn, body: string): Sql =>
  sql`create function pg_temp.lockstep_move(v ${tableOf(op)}.${id(op.columnName)}%type) returns ${raw(op.to.type)} language sql as ${literal(`select ${body}`)}`

/** Its type is made anew under the same name. */
const remade = (op: AlterColumn): Risk => ({
  level: 'may-fail',
  code: 'CHANGES_TYPE',
  reason: `Values of '${shown(op)}' that the new ${shownType(op.to)} does not have stop the migration.`,
  measure: sql`select count(*) as rows, count(${id(op.columnName)}) as values from ${tableOf(op)}`,
})

function throughRisks(op: AlterColumn, { using, body, lacks, loses }: Through): readonly Risk[] {
  if (using === undefined && body === undefined) return [rewrites(op)]
  const type = shownType(op.to)
  return [
    rewrites(op),
    ...(loses ?? []).map(
      (what): Risk =>
        what === 'parts'
          ? {
              level: 'data-loss',
              code: 'DROPS_ATTRIBUTE',
              reason: `Attributes that the new ${type} does not have are lost in '${shown(op)}'.`,
              measure: remade(op).measure,
            }
          : {
              level: 'data-loss',
              code: 'NARROWS_TYPE',
              reason: `Values of '${shown(op)}' may be rounded, cut or converted at UTC: the new ${type} holds less. A \`using\` of your own says how they move.`,
              measure: remade(op).measure,
            },
    ),
    lacks === undefined
      ? remade(op)
      : {
          level: 'may-fail',
          code: 'REMOVES_VALUES',
          reason: `Rows of '${op.tableName}' whose '${op.columnName}' holds a value that the new ${type} does not have stop the migration before anything is done.`,
          measure: sql`select count(*) as rows from ${tableOf(op)} where ${raw(lacks)}`,
          stops: `Say what stands for it, { replaced: { old: 'new' } } on the enum, or change these rows first.`,
        },
  ]
}

export function typeRisks(op: AlterColumn): readonly Risk[] {
  if (op.to.through) return throughRisks(op, op.to.through)
  if (op.from.type === op.to.type) return []
  const { effect } = op.to.using === undefined ? conversionOf(op) : { effect: 'may-fail' as const }
  const measure = sql`select count(*) as rows, count(${id(op.columnName)}) as values from ${tableOf(op)}`
  const change = `${shownType(op.from)} → ${shownType(op.to)}`
  if (effect === 'free') return []
  return [
    rewrites(op),
    ...(effect === 'loses' || effect === 'unknown'
      ? [
          {
            level: 'data-loss',
            code: 'NARROWS_TYPE',
            reason: `Values of '${shown(op)}' may be rounded, cut or converted at UTC (${change}). A \`using\` of your own says how they move.`,
            measure,
          } satisfies Risk,
        ]
      : []),
    ...(effect === 'may-fail' || effect === 'unknown'
      ? [
          {
            level: 'may-fail',
            code: 'CHANGES_TYPE',
            reason: `Values of '${shown(op)}' that do not fit stop the migration (${change}).`,
            measure,
          } satisfies Risk,
        ]
      : []),
  ]
}
