// Renames, and what is rebuilt beside itself under another name first.
import type { OperationBase } from '../kind.js'
import type { Rename } from '../rename.js'
import type { Entry } from '../state.js'
import { type NodeInput, nodeOf, type PlanNode, parkedAs } from './node.js'
import { namesOf } from './node-names.js'

export function renameNodes(input: NodeInput, renames: readonly Rename[]): readonly PlanNode[] {
  return renames.flatMap(({ from, to }) => {
    if (!from.kind.rename) return []
    const rename = (was: Entry['object'], is: Entry['object']) => (): readonly OperationBase[] => {
      const operation = from.kind.rename?.(was, is)
      return operation ? [operation] : []
    }
    // The columns of a key are a name too, which it keeps.
    const [was, is] = [namesOf(from), namesOf(to)]
    if (!input.cuts.swapped.has(to.key)) {
      const takes = is.filter((name) => !was.includes(name))
      const leaves = was.filter((name) => !is.includes(name))
      return [nodeOf(input, 'rename', to, rename(from.object, to.object), { takes, leaves })]
    }
    const parked = parkedAs(from)
    const first = `parked ${parked.key}`
    const last = rename({ ...to.object, name: parked.object.name }, to.object)
    return [
      nodeOf(input, 'rename', parked, rename(from.object, parked.object), { leaves: [...was, first] }),
      nodeOf(input, 'rename', to, last, { takes: [...is, first] }),
    ]
  })
}

export function asideNodes(input: NodeInput): readonly PlanNode[] {
  const { current, target, asides } = input.actions
  return [...asides.values()].flatMap(({ entry, desired }) => {
    const parked = parkedAs(entry)
    const aside = () => entry.kind.aside?.(entry.object, desired.object, parked.object.name) ?? []
    return [
      nodeOf(input, 'aside', entry, aside),
      nodeOf(input, 'drop', entry, () => [entry.kind.drop(parked.object, current, target)].flat()),
    ]
  })
}
