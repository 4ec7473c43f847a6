// The kinds in their order, found by name and by operation.
import type { AnyKind, OperationBase, OperationSpec } from './kind.js'

/** The ordered list of kinds with the look-ups that the engine needs. */
export interface Registry {
  readonly kinds: readonly AnyKind[]
  kind(name: string): AnyKind
  order(name: string): number
  spec(operationType: string): OperationSpec<OperationBase>
}

/** Objects of kinds that are not in the list fall to the one kind that is `unmanaged`. */
export function makeRegistry(kinds: readonly AnyKind[]): Registry {
  const byName = new Map(kinds.map((kind, index) => [kind.name, { kind, index }]))
  const specs = new Map(
    kinds.flatMap((kind) => Object.entries(kind.operations) as [string, OperationSpec<OperationBase>][]),
  )
  const need = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new TypeError(`${what} is in no registry`)
    return value
  }
  return {
    kinds,
    kind: (name) => need(byName.get(name)?.kind ?? kinds.find((kind) => kind.unmanaged), `the kind ${name}`),
    order: (name) => byName.get(name)?.index ?? kinds.length,
    spec: (type) => need(specs.get(type), `the operation ${type}`),
  }
}
