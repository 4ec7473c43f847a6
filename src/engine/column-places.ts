// Queries that give columns names by the place where they stand: PostgreSQL adds columns at the end, so that such a place may hold another one than on the desired side.
import { PlanError } from '../errors.js'
import type { Actions } from './action.js'
import { display } from './identity.js'
import type { ExpressionTools, QualifiedName } from './ports.js'
import type { SearchPath } from './references.js'
import type { Entry, SchemaState } from './state.js'
import { expressionsOf } from './walk.js'

/** `from t x(`, `join app.t x(`, `, t x(`, `f() x(`, as PostgreSQL prints them. */
const placing = /(?:(?:from|join|only|,|\()\s*(?:"[^"]*"|[\w$.])+|\)(?: with ordinality)?) (?:"[^"]*"|[\w$])+\(/i

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
    for (const { expression } of expressionsOf(entry.object)) {
      const said = tools.mentions(expression)
      const find = ({ space }: { readonly space: string }, name: Placed) =>
        name.placed === undefined ? [] : meantBy(space, name, entry, target, path)
      for (const { relation, placed } of [
        ...said.relations.flatMap((name) =>
          find({ space: 'relation' }, name).map((relation) => ({ relation, placed: name.placed })),
        ),
        ...said.functions.flatMap((name) =>
          find({ space: 'routine' }, name).flatMap((one) => rowsOf(one, name.placed, target)),
        ),
      ]) {
        const wanted = columnsOf(relation, target).slice(0, placed)
        const comes = columnsThen(relation, actions).slice(0, placed)
        if (comes.join('\0') !== wanted.join('\0')) throw otherPlaces(entry, relation, wanted, comes)
      }
    }
}

type Placed = QualifiedName & { readonly placed?: number }

function meantBy(
  space: string,
  { schemaName, name }: QualifiedName,
  { id }: Entry,
  side: SchemaState,
  path: SearchPath,
): readonly Entry[] {
  const schemas = schemaName !== undefined ? [schemaName] : [id.schemaName ?? '', ...path.schemas]
  return schemas.map((one) => side.meant({ space, schemaName: one, name })).find((found) => found.length > 0) ?? []
}

/** The relations in whose rows it deals. */
export const rowTypesOf = ({ kind, object }: Entry, side: SchemaState): readonly Entry[] =>
  (kind.dependsOn?.(object) ?? []).flatMap(({ ref }) => (ref.space === 'type' ? side.meant(ref) : []))

/** Of those the ones of as many columns. */
const rowsOf = (routine: Entry, placed: number | undefined, side: SchemaState) =>
  rowTypesOf(routine, side).flatMap((relation) =>
    ordered(relation, side).length === placed ? { relation, placed } : [],
  )

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
