// Whether a folder belongs to an ES module package or to a CommonJS one.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const known = new Map<string, 'module' | 'commonjs'>()

/** The `type` of the nearest package.json; `commonjs` where there is none. */
export function packageTypeOf(directory: string): 'module' | 'commonjs' {
  const cached = known.get(directory)
  if (cached) return cached
  const parent = dirname(directory)
  const type = read(join(directory, 'package.json')) ?? (parent === directory ? 'commonjs' : packageTypeOf(parent))
  known.set(directory, type)
  return type
}

function read(file: string): 'module' | 'commonjs' | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown }).type === 'module' ? 'module' : 'commonjs'
  } catch {
    return undefined
  }
}
