// What migration files build, in a scratch database: from the snapshot beside them where it is fresh, else by running them.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseClient } from '../../client/database-client.js'
import { DbSchemaManager } from '../../context/schema-manager.js'
import { buildScratchDatabase, type ScratchDatabase } from '../../context/scratch-database.js'
import { type Snapshot, snapshotOf } from '../../context/snapshot.js'
import type { SchemaState } from '../../engine/state.js'
import { allow } from '../../execute/confirm.js'
import { findFiles } from '../files.js'
import { MigrationManager } from '../manager.js'
import { type MigrationManagerOptions, resolveSettings } from '../settings.js'

/** What `.lockstep-snapshot.json` beside the files holds. */
export interface FolderSnapshot {
  readonly format: 1
  /** The files that it was made from, with their checksums: a snapshot of other files is none. */
  readonly files: readonly (readonly [file: string, checksum: string])[]
  /** Keys of what the model declared, so that what it no longer declares can be told from what it never did. */
  readonly declared: readonly string[]
  /** Everything there is is in it; objects of kinds that are not managed are not. */
  readonly complete: boolean
  readonly objects: Snapshot['objects']
  readonly tied?: Snapshot['tied']
}

const fileName = '.lockstep-snapshot.json'

async function filesNow(options: MigrationManagerOptions): Promise<FolderSnapshot['files']> {
  const { files } = await findFiles(resolveSettings(options))
  return files.map((file) => [file.stem, file.checksum])
}

/** What is in the folder and not in the snapshot, in words; undefined: nothing. */
function staleness(snapshot: FolderSnapshot, now: FolderSnapshot['files']): string | undefined {
  const [then, there] = [new Map(snapshot.files), new Map(now)]
  const changes = [
    ...now.flatMap(([file, checksum]) =>
      then.has(file) ? (then.get(file) === checksum ? [] : [`${file} was edited`]) : [`${file} was added`],
    ),
    ...snapshot.files.flatMap(([file]) => (there.has(file) ? [] : [`${file} is gone`])),
  ]
  if (changes.length === 0) return undefined
  const shown = changes.length > 5 ? [...changes.slice(0, 5), `${changes.length - 5} more`] : changes
  return `${fileName} is older than the files (${shown.join(', ')}): it was not used, and all files were run instead.`
}

const pathOf = (options: MigrationManagerOptions): string =>
  join(resolveSettings(options).directories.at(-1) as string, fileName)

export async function readSnapshot(options: MigrationManagerOptions): Promise<FolderSnapshot | undefined> {
  try {
    const snapshot = JSON.parse(await readFile(pathOf(options), 'utf8')) as FolderSnapshot
    return snapshot.format === 1 && Array.isArray(snapshot.objects) && Array.isArray(snapshot.files)
      ? snapshot
      : undefined
  } catch {
    return undefined
  }
}

export async function writeSnapshot(
  options: MigrationManagerOptions,
  state: SchemaState,
  declared: readonly string[],
): Promise<void> {
  const { objects, tied } = snapshotOf(state)
  const complete = ![...state.entries.values()].some((entry) => entry.kind.unmanaged)
  const snapshot: FolderSnapshot = { format: 1, files: await filesNow(options), declared, complete, objects, tied }
  await writeFile(pathOf(options), `${JSON.stringify(snapshot, null, 1)}\n`)
}

export interface FolderRequest {
  readonly options: MigrationManagerOptions
  /** A server on which scratch databases may be made; without one, PGlite is used. */
  readonly target: DatabaseClient | undefined
  /** Only these, by version key; default: all files. */
  readonly only?: readonly string[]
  /** Take the snapshot where it is fresh. */
  readonly snapshot?: boolean
  /** Is told that a snapshot was not fresh, and why. */
  readonly onNote?: ((message: string) => void) | undefined
}

/** @throws what the files throw when they run */
export async function buildFromFiles({
  options,
  target,
  only,
  snapshot,
  onNote,
}: FolderRequest): Promise<ScratchDatabase> {
  const scratch = await buildScratchDatabase({ target, files: [] })
  try {
    const known = snapshot && only === undefined ? await readSnapshot(options) : undefined
    const stale = known && staleness(known, await filesNow(options))
    if (stale !== undefined) onNote?.(stale)
    if (known?.complete && stale === undefined) {
      const source = { type: 'snapshot', snapshot: known, label: fileName } as const
      await new DbSchemaManager(scratch.client, source, { schemas: 'all' }).migrate({ confirm: allow('data-loss') })
      await scratch.client.script('drop schema if exists lockstep cascade')
    } else await runFiles(options, scratch.client, only)
    return { ...scratch, label: 'migrations' }
  } catch (error) {
    await scratch.dispose()
    throw error
  }
}

async function runFiles(
  options: MigrationManagerOptions,
  client: DatabaseClient,
  only: readonly string[] | undefined,
): Promise<void> {
  const manager = new MigrationManager({
    ...options,
    client,
    lazy: true,
    outOfOrder: true,
    validation: { enabled: false },
    timeout: 0,
  })
  if (only === undefined) await manager.migrate()
  else for (const key of only) await manager.migrate({ name: key.replaceAll('.', '_') })
}
