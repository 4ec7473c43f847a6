// A migration from a difference: what the files build against what is desired, both ways planned on a scratch database, written, and proven there.

import { mkdir, rm } from 'node:fs/promises'
import type { DatabaseClient } from '../../client/database-client.js'
import type { SchemaOptions } from '../../context/options.js'
import type { DesiredSource } from '../../context/sources.js'
import type { Step } from '../../engine/plan.js'
import { LockstepError, MigrationError } from '../../errors.js'
import { OperationPath } from '../builder/operation-path.js'
import { BuilderWork } from '../builder/work.js'
import { messageOf } from '../failure.js'
import { MigrationManager } from '../manager.js'
import { planBack, planTowards } from '../operations.js'
import { inReading, stateText } from '../reading.js'
import { type MigrationManagerOptions, resolveSettings } from '../settings.js'
import type { BothWays } from './both-ways.js'
import { type CreatedFile, writeMigration } from './create.js'
import { renderSqlMigration } from './render-sql.js'
import { renderTypescript } from './render-typescript.js'
import { buildFromFiles, readSnapshot, writeSnapshot } from './scratch.js'

export interface GenerateRequest {
  readonly settings: MigrationManagerOptions
  readonly name: string
  /** The model, or what stands for it. */
  readonly desired: DesiredSource
  readonly schema?: SchemaOptions
  /** A server on which a scratch database may be made; without one, PGlite is used. */
  readonly target?: DatabaseClient | undefined
  readonly now?: Date
  /** Is told what a person should know: a snapshot that was not fresh. */
  readonly onNote?: (message: string) => void
}

export interface GeneratedStep {
  readonly description: string
  readonly risks: readonly string[]
}

export interface GeneratedFile extends CreatedFile {
  readonly up: readonly GeneratedStep[]
  readonly down: readonly GeneratedStep[]
}

/**
 * Writes the difference as a migration file with a working way down, tried out before it is left there.
 * @throws MIGRATION_EMPTY where there is no difference; what existing files throw
 */
export async function generateMigration(request: GenerateRequest): Promise<GeneratedFile> {
  const options: MigrationManagerOptions = {
    ...request.settings,
    enabled: true,
    validation: { enabled: false },
    protected: false,
    timeout: 0,
  }
  const settings = resolveSettings(options)
  await mkdir(settings.directories.at(-1) as string, { recursive: true })
  const scratch = await buildFromFiles({ options, target: request.target, snapshot: true, onNote: request.onNote })
  try {
    const { client } = scratch
    const before = await inReading(client, async (state) => state)
    const beforeText = await stateText(client)
    const known = await readSnapshot(options)
    const towards = await planTowards(client, request.desired, request.schema ?? {}, new Set(known?.declared))
    if (towards.plan.steps.length === 0) {
      throw new MigrationError(
        'MIGRATION_EMPTY',
        'There is no difference between the model and what the migrations build: nothing to generate.',
        {
          hint: 'Change the model first; for an empty file use `lockstep migration:create`.',
        },
      )
    }
    const there = await new OperationPath(settings.defaultSchema).schemas(client)
    await send(client, towards.plan.steps, settings.defaultSchema)
    const path = [...new Set([...there, ...(await new OperationPath(settings.defaultSchema).schemas(client))])]
    const afterText = await stateText(client)
    const after = await inReading(client, async (state) => state)
    const back = await planBack(client, before, towards.renames)
    await send(client, back.steps, settings.defaultSchema)
    const transaction = [...towards.plan.steps, ...back.steps].every((step) => step.transaction === 'inside')
    const ways: BothWays = { name: request.name, up: towards.plan.steps, down: back.steps, path, transaction }
    const made = await written(request, options, ways, client, beforeText, afterText)
    await writeSnapshot(options, after, towards.declared)
    const shown = (steps: readonly Step[]) =>
      steps.map(({ description, risks }) => ({ description, risks: risks.map((risk) => risk.code) }))
    return { file: made.file, version: made.version, up: shown(ways.up), down: shown(ways.down) }
  } finally {
    await scratch.dispose()
  }
}

/** Operations one after the other, each committed: what a value or type needs before it can be used. */
async function send(client: DatabaseClient, steps: readonly Step[], defaultSchema: string): Promise<void> {
  await client.session(async (session) => {
    const work = new BuilderWork({
      session,
      transaction: false,
      dryRun: false,
      defaultSchema,
      path: new OperationPath(defaultSchema),
      ownSchema: 'lockstep',
      derives: false,
      signal: new AbortController().signal,
    })
    for (const step of steps) await work.apply(step.operation)
    await session.script('reset all')
  })
}

/** In the readable form first; where that does not lead to the same schema, every step as the operation itself. */
async function written(
  request: GenerateRequest,
  options: MigrationManagerOptions,
  ways: BothWays,
  client: DatabaseClient,
  before: string,
  after: string,
) {
  const settings = resolveSettings(options)
  const typescript = settings.extension === 'ts'
  const forms =
    settings.extension === 'sql'
      ? [renderSqlMigration(ways)]
      : [renderTypescript(ways, typescript, true), renderTypescript(ways, typescript, false)]
  let failure: unknown
  for (const [index, text] of forms.entries()) {
    // What an attempt without a transaction leaves half done is nothing to start from: the second form has a database of its own.
    const scratch = index === 0 ? undefined : await buildFromFiles({ options, target: request.target, snapshot: true })
    // Under another name than the form before it, whose module is known to this process already.
    const now = new Date((request.now ?? new Date()).getTime() + index * 1000)
    const made = await writeMigration(settings, request.name, text, now)
    try {
      await prove(options, scratch?.client ?? client, made.version, before, after)
      if (failure !== undefined)
        request.onNote?.(
          `${made.file} is written as operations: builder calls do not lead there (${messageOf(failure).split('\n', 1)[0]}).`,
        )
      return made
    } catch (error) {
      failure = error
      await rm(made.path, { force: true })
    } finally {
      await scratch?.dispose()
    }
  }
  throw failure instanceof LockstepError
    ? failure
    : new MigrationError(
        'MIGRATION_ROUND_TRIP',
        'The generated migration does not lead to the model and back; nothing was written.',
        { cause: failure },
      )
}

async function prove(
  options: MigrationManagerOptions,
  client: DatabaseClient,
  version: string,
  before: string,
  after: string,
): Promise<void> {
  const manager = new MigrationManager({ ...options, client, lazy: true, outOfOrder: true })
  const wrong = (what: string, wanted: string, found: string) => {
    if (wanted === found) return
    const right = new Set(found.split('\n'))
    throw new MigrationError(
      'MIGRATION_ROUND_TRIP',
      `The generated ${what} does not lead to where it should.\n${wanted
        .split('\n')
        .filter((line) => !right.has(line))
        .join('\n')}`,
    )
  }
  await manager.migrate({ name: version })
  wrong('way up', after, await stateText(client))
  await manager.rollback({ name: version })
  wrong('way down', before, await stateText(client))
}
