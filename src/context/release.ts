// Which release of Lockstep this is.
import { readFileSync } from 'node:fs'

let known: string | undefined

/** The version in package.json; empty where a bundler has left that file behind. */
export function release(): string {
  if (known !== undefined) return known
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    known = (JSON.parse(text) as { version: string }).version
  } catch {
    known = ''
  }
  return known
}
