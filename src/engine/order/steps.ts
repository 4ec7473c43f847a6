// From the sorted nodes to steps: operations with their SQL, risks and where they come from.
import type { Actions } from '../action.js'
import { display, keyOf } from '../identity.js'
import type { OperationBase, PlanFacts, Risk } from '../kind.js'
import type { Step } from '../plan.js'
import type { ExpressionTools } from '../ports.js'
import type { SchemaState } from '../state.js'
import { expressionsOf } from '../walk.js'
import type { Needs } from './needs.js'
import type { PlanNode } from './node.js'

export function steps(
  nodes: readonly PlanNode[],
  { actions, tools }: { readonly actions: Actions; readonly tools: ExpressionTools | undefined },
  needs: Needs,
): readonly Step[] {
  const { creates, drops, target } = actions
  const uses = (node: PlanNode, key: string, text: string | undefined): boolean =>
    node.members.some(
      (member) =>
        (member.key === key || needs(member, target).some(({ entry }) => entry.key === key)) &&
        (text === undefined ||
          (tools !== undefined && expressionsOf(member.object).some(({ expression }) => expression.includes(text)))),
    )
  const factsAt = (index: number): PlanFacts => ({
    server: target.server,
    madeHere: (what) => {
      const key = 'space' in what ? target.named(what)?.key : keyOf(what)
      return key !== undefined && creates.has(key) && !drops.has(key)
    },
    usesLater: (name, text) => {
      const entry = target.named(name)
      return (
        entry !== undefined &&
        nodes
          .slice(index + 1)
          .some((node) => node.type !== 'drop' && node.entry.key !== entry.key && uses(node, entry.key, text))
      )
    },
  })
  return nodes.flatMap((node, index) => {
    const facts = factsAt(index)
    return node.operations().map((operation) => step(operation, node, facts, target))
  })
}

const noted = (text: string): string => `${text.replace(madeByHook, '')} (made by the hook)`
const madeByHook = / \(made by the hook\)$/

function step(operation: OperationBase, node: PlanNode, facts: PlanFacts, target: SchemaState): Step {
  const spec = target.registry.spec(operation.type)
  const text = spec.sql(operation, target.server)
  const own = spec.risks?.(operation, facts) ?? []
  const undeclared: Risk = {
    level: 'data-loss',
    code: 'DROPS_UNDECLARED',
    reason: `'${display(node.entry.id)}' is not in the model and was not made by Lockstep.`,
    ...(own.find((risk) => risk.measure) ? { measure: own.find((risk) => risk.measure)!.measure } : {}),
  }
  const declared = target.entries.get(node.entry.key) ?? node.entry
  const source = declared.object.source?.() ?? target.parent(declared)?.object.source?.()
  return {
    operation,
    description: node.hook ? noted(spec.describe(operation)) : spec.describe(operation),
    sql: (Array.isArray(text) ? text : [text]).map((part) => part.text),
    risks: node.undeclared ? [undeclared, ...own] : own,
    transaction: spec.transaction?.(operation, facts) ?? 'inside',
    ...(source ? { source } : {}),
    object: node.entry.id,
  }
}
