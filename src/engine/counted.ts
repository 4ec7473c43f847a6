// What a risk counts stands under its old names while people are asked: queries that were written for the names after the plan's renames are led back.
import { raw } from '../sql/sql.js'
import type { Risk } from './kind.js'
import type { Step } from './plan.js'
import type { ExpressionTools } from './ports.js'
import type { Rename } from './rename.js'

type Rewrite = (text: string) => string

/** The steps, with what their risks count as it is called before the first of them runs. */
export function countedBefore(
  steps: readonly Step[],
  renames: readonly Rename[],
  tools: ExpressionTools,
): readonly Step[] {
  const ofKinds = generations(renames)
  return steps.map((step) => {
    if (!step.risks.some((risk) => risk.measure !== undefined)) return step
    const rewrites = ofKinds.flatMap((ofKind) => [
      // Over names of their own, so that two that swap theirs are told apart.
      ...ofKind.map((rename, index) => renaming(rename, step, rename.to.object.name, parked(index), tools)),
      ...ofKind.map((rename, index) => renaming(rename, step, parked(index), rename.from.object.name, tools)),
    ])
    const counted = (risk: Risk): Risk =>
      risk.measure === undefined
        ? risk
        : { ...risk, measure: raw(rewrites.reduce((text, rewrite) => rewrite(text), risk.measure.text)) }
    return { ...step, risks: step.risks.map(counted) }
  })
}

const parked = (index: number): string => `${index}__lockstep`

/** Kind by kind, children before their parents: that is how names were given, backwards. */
function generations(renames: readonly Rename[]): readonly (readonly Rename[])[] {
  const byKind = new Map<string, Rename[]>()
  for (const rename of renames) {
    const { name } = rename.from.kind
    byKind.set(name, [...(byKind.get(name) ?? []), rename])
  }
  return [...byKind.values()].reverse()
}

function renaming({ from }: Rename, step: Step, now: string, then: string, tools: ExpressionTools): Rewrite {
  const schemaName = from.id.schemaName ?? ''
  const names = from.kind.names?.(from.object) ?? []
  const space = names[0]?.space
  if (space === 'schema') return (text) => tools.renameSchema(text, now, then)
  if (space === 'relation') return (text) => tools.renameRelation(text, schemaName, now, then)
  if (space === 'type') return (text) => tools.renameType(text, schemaName, now, then)
  return space === 'column' && step.object.schemaName === schemaName && step.object.table === from.id.table
    ? (text) => tools.renameColumn(text, now, then)
    : (text) => text
}
