// Imports a file of the user's project, TypeScript included, and says which one failed and why.
import { register } from 'node:module'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LockstepError, UsageError } from '../../errors.js'

let registered = false

function registerHooks(): void {
  if (registered) return
  register(new URL(`./hooks${extname(fileURLToPath(import.meta.url))}`, import.meta.url))
  registered = true
}

/**
 * The exports of a file; `name` is what an error calls it.
 * @throws UsageError MODULE_NOT_LOADED with the reason; a LockstepError that the file itself throws goes through as it is
 */
export async function importProjectModule(url: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  registerHooks()
  try {
    return (await import(url)) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (error instanceof LockstepError) throw error
    const reason =
      error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error)
    const hint = hintFor(error)
    throw new UsageError('MODULE_NOT_LOADED', `${name} could not be loaded: ${reason}`, {
      cause: error,
      hint: hint ?? 'Correct the file and run again; --verbose shows where it comes from.',
      details: { file: name },
    })
  }
}

function hintFor(error: unknown): string | undefined {
  const { code, message = '' } = error as { readonly code?: string; readonly message?: string }
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return /package '/.test(message) ? 'Install the package that it imports.' : 'Look at the path of the import.'
  if (/does not provide an export named/.test(message)) return 'Where it is a type, write `import type`.'
  if (/^Cannot access '.*' before initialization/.test(message))
    return 'Two files import each other: relations take () => Entity, and nothing else may use the other at once.'
  return undefined
}
