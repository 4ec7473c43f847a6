// Queries that give columns names by the place where they stand: PostgreSQL adds columns at the end, so that such a place may hold another one than on the desired side.
import { PlanError } from '../errors.js'
import type { Actions } from './action.js'
import { display } from './identity.js'
import type { ExpressionTools, QualifiedName } from './ports.js'
import type { SearchPath } from './references.js'
import type { Entry, SchemaState } from './state.js'
import { expressionsOf } from './walk.js'

/** `from t x(`, `join app.t x(`, `, t x(`, as PostgreSQL prints them. */
const placing = /(?:from|join|only|,|\()\s*(?:"[^"]*"|[\w$.])+ (?:"[^"]*"|[\w$])+\(/i

/** Does any text of the object look as if it did that? Then the expression tools are worth loading. */
export const mayPlace = (entry: Entry): boolean =>
  expressionsOf(entry.object).some(({ expression }) => placing.test(expression))

/**
 * Of a desired side that a database is: its queries mean the columns as they stand there.
 * @throws PlanError COLUMN_ORDER
 */
export function refuseOtherPlaces(
  actions: Actions,
  entries: readonly Entry[],
  tools: ExpressionTools,
  path: SearchPath,
): void {
  const { target } = actions
  for (const entry of entries)
    for (const { expression } of expressionsOf(entry.object))
      for (const { placed, ...name } of tools.mentions(expression).relations) {
        const relation = placed === undefined ? undefined : relationOf(name, entry, target, path)
        if (!relation) continue
        const wanted = columnsOf(relation, target).slice(0, placed)
        const comes = columnsThen(relation, actions).slice(0, placed)
        if (comes.join('\0') !== wanted.join('\0')) throw otherPlaces(entry, relation, wanted, comes)
      }
}

function relationOf(
  { schemaName, name }: QualifiedName,
  { id }: Entry,
  side: SchemaState,
  path: SearchPath,
): Entry | undefined {
  const schemas = schemaName !== undefined ? [schemaName] : [id.schemaName ?? '', ...path.schemas]
  return schemas.map((one) => side.named({ space: 'relation', schemaName: one, name })).find((one) => one !== undefined)
}

const ordered = (relation: Entry, side: SchemaState): readonly Entry[] =>
  side.born(relation.id).filter(({ kind }) => kind.inOrder)
const columnsOf = (relation: Entry, side: SchemaState): readonly string[] =>
  ordered(relation, side).map(({ id }) => id.name)

/** The columns as they stand once everything is done. */
function columnsThen(relation: Entry, { current, target, creates, drops }: Actions): readonly string[] {
  if (creates.has(relation.key)) return columnsOf(relation, target)
  const stay = ordered(relation, current).filter(({ key }) => !drops.has(key))
  const come = ordered(relation, target).filter(({ key }) => creates.has(key))
  return [...stay, ...come].map(({ id }) => id.name)
}

const otherPlaces = (entry: Entry, relation: Entry, wanted: readonly string[], comes: readonly string[]): PlanError =>
  new PlanError(
    'COLUMN_ORDER',
    `${entry.id.kind} '${display(entry.id)}' gives names to the columns of '${display(relation.id)}' by the order in which they stand (${wanted.join(', ')}); here they would stand as ${comes.join(', ')}.`,
    {
      hint: 'Name the columns themselves in the query, or add new ones at the end of the table.',
      details: { object: entry.id, relation: relation.id },
    },
  )
