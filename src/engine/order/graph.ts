// One graph, one sort: nodes in order of rank where no edge demands another, and the cycles that are left.

export interface Graph {
  /** Smaller comes first. */
  readonly ranks: readonly string[]
  /** after[n]: nodes that come after n. */
  readonly after: readonly ReadonlySet<number>[]
}

export interface Sorted {
  readonly order: readonly number[]
  /** Strongly connected components of more than one node; empty when `order` is complete. */
  readonly cycles: readonly (readonly number[])[]
}

export function sort(graph: Graph): Sorted {
  const size = graph.ranks.length
  const waiting = new Array<number>(size).fill(0)
  for (const targets of graph.after) for (const target of targets) waiting[target]!++
  const ready = new Heap((a, b) => graph.ranks[a]! < graph.ranks[b]!)
  for (let node = 0; node < size; node++) if (waiting[node] === 0) ready.push(node)
  const order: number[] = []
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node)
    for (const target of graph.after[node]!) if (--waiting[target]! === 0) ready.push(target)
  }
  return { order, cycles: order.length === size ? [] : components(graph, new Set(order)) }
}

/** Tarjan's strongly connected components, iterative, without the nodes that are sorted already. */
function components(graph: Graph, done: ReadonlySet<number>): readonly (readonly number[])[] {
  const index = new Map<number, number>()
  const low = new Map<number, number>()
  const stack: number[] = []
  const onStack = new Set<number>()
  const found: number[][] = []
  const visit = (root: number) => {
    const work = [{ node: root, targets: [...graph.after[root]!].filter((target) => !done.has(target)) }]
    index.set(root, index.size)
    low.set(root, index.get(root)!)
    stack.push(root)
    onStack.add(root)
    while (work.length > 0) {
      const top = work[work.length - 1]!
      const next = top.targets.pop()
      if (next === undefined) {
        work.pop()
        const parent = work[work.length - 1]
        if (parent) low.set(parent.node, Math.min(low.get(parent.node)!, low.get(top.node)!))
        if (low.get(top.node) === index.get(top.node)) {
          const component: number[] = []
          for (;;) {
            const member = stack.pop()!
            onStack.delete(member)
            component.push(member)
            if (member === top.node) break
          }
          if (component.length > 1) found.push(component.sort((a, b) => a - b))
        }
      } else if (!index.has(next)) {
        index.set(next, index.size)
        low.set(next, index.get(next)!)
        stack.push(next)
        onStack.add(next)
        work.push({ node: next, targets: [...graph.after[next]!].filter((target) => !done.has(target)) })
      } else if (onStack.has(next)) {
        low.set(top.node, Math.min(low.get(top.node)!, index.get(next)!))
      }
    }
  }
  for (let node = 0; node < graph.ranks.length; node++) if (!done.has(node) && !index.has(node)) visit(node)
  return found
}

class Heap {
  readonly #items: number[] = []
  constructor(readonly less: (a: number, b: number) => boolean) {}
  push(item: number): void {
    const items = this.#items
    let at = items.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.less(items[at]!, items[parent]!)) break
      ;[items[at], items[parent]] = [items[parent]!, items[at]!]
      at = parent
    }
  }
  pop(): number | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return top
    items[0] = last
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      let best = at
      if (left < items.length && this.less(items[left]!, items[best]!)) best = left
      if (left + 1 < items.length && this.less(items[left + 1]!, items[best]!)) best = left + 1
      if (best === at) return top
      ;[items[at], items[best]] = [items[best]!, items[at]!]
      at = best
    }
  }
}
