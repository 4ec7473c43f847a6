// A pair that fails, made as small as it goes on failing in the same way: small enough to become a case.
import { ExecutionError, LockstepError } from '../../src/index.js'
import { prove } from './prove.js'
import type { Choices } from './slots.js'
import type { Pair } from './world.js'

/** What failures of one cause have in common. */
export function signature(error: unknown): string {
  const { message } = error as Error
  const [line = ''] = message.replace(/\n\n-- (wanted|first)[\s\S]*/, '').split('\n\n')
  const code =
    error instanceof ExecutionError ? error.failed.sqlstate : error instanceof LockstepError ? error.code : ''
  const types = [...line.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type)
  if (types.length > 0) return `${line.split(':')[0]} ${types.filter((type) => type?.includes('_')).join(' ')}`
  return `${code} ${line.replace(/^([-+] \w+).*/gm, '$1').replace(/'[^']*'|"[^"]*"|\d+/g, '…')}`.slice(0, 300)
}

interface Part {
  readonly of: 'first' | 'changes'
  readonly name: string
}

const without = (pair: Pair, parts: readonly Part[]): Pair => {
  const kept = (of: Part['of'], choices: Choices): Choices =>
    Object.fromEntries(
      Object.entries(choices).filter(([name]) => !parts.some((part) => part.of === of && part.name === name)),
    )
  return { ...pair, first: kept('first', pair.first), changes: kept('changes', pair.changes) }
}

const partsOf = (pair: Pair): readonly Part[] =>
  (['changes', 'first'] as const).flatMap((of) => Object.keys(pair[of]).map((name) => ({ of, name })))

/** Leaves out halves, quarters, … single slots as long as it fails alike. Undefined where the pair alone does not fail. */
export async function shrunk(pair: Pair, wanted: string, until: number): Promise<unknown> {
  let last: unknown
  const fails = async (candidate: Pair): Promise<boolean> => {
    try {
      await prove(candidate)
      return false
    } catch (error) {
      if (signature(error) !== wanted) return false
      last = error
      return true
    }
  }
  if (!(await fails(pair))) return undefined
  let smallest = pair
  if (pair.rows && (await fails({ ...pair, rows: false }))) smallest = { ...pair, rows: false }
  for (let size = partsOf(smallest).length >> 1; size >= 1; size = size === 1 ? 0 : Math.max(1, size >> 1)) {
    const parts = partsOf(smallest)
    for (let at = 0; at < parts.length && Date.now() < until; at += size) {
      const candidate = without(smallest, parts.slice(at, at + size))
      if (await fails(candidate)) smallest = candidate
    }
  }
  return last
}
