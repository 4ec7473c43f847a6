// One MigrationManager per connection: everything that can be done with file migrations, behind one door.
import type { DatabaseClient } from '../client/database-client.js'
import { openClient } from '../client/open-client.js'
import { PgClient } from '../client/pg-client.js'
import { LockstepError, MigrationError, UsageError } from '../errors.js'
import type { LockHolder } from '../execute/events.js'
import { lockStatus, unlock } from '../execute/lock.js'
import { preloadParser } from '../sql/parser.js'
import { type ConnectionReport, testConnection } from './connection.js'
import { rehearse, rehearseExecuting } from './dry-run.js'
import { MigrationEmitter, type MigrationEvents, type MigrationName } from './events.js'
import { type HistoryRequest, type HistoryRow, readHistory, readJournal } from './journal.js'
import { ensureTables, missingTables } from './journal-table.js'
import { type Repaired, type RepairRequest, repairJournal } from './repair.js'
import { isApplied, type ResolveRequest } from './resolve.js'
import type { MigrateFilesOptions, MigrateResult, MigrationResult, RollbackOptions, RollbackResult } from './results.js'
import type { RoundTripReport } from './round-trip.js'
import { placeOfJournal, type RunnerParts, underLock } from './run-parts.js'
import { type Executed, type RunOptions, runMigrations } from './runner.js'
import { type MigrationManagerOptions, type ResolvedSettings, resolveSettings } from './settings.js'
import { type MigrationStatus, statusOf } from './status.js'
import { type ValidationReport, validateFiles } from './validate.js'

/**
 * File migrations of one connection: their own state, journal, lock and events.
 * @example
 * const manager = new MigrationManager({ connection: process.env.DATABASE_URL, directory: './migrations' })
 * await manager.initialize()
 * const { appliedMigrations } = await manager.migrate()
 * await manager.shutdown()
 */
export class MigrationManager {
  /** Typed events: `manager.events.on('applied', ({ name, milliseconds }) => …)`. */
  readonly events = new MigrationEmitter()
  readonly settings: ResolvedSettings
  readonly #client: DatabaseClient
  readonly #ownsClient: boolean
  readonly #lazy: boolean
  #state: 'new' | 'ready' | 'closed' = 'new'
  readonly #running = new Set<{ readonly abort: AbortController; readonly done: Promise<unknown> }>()

  /** @throws USAGE for an unknown or wrong option; connects to nothing yet */
  constructor(private readonly options: MigrationManagerOptions = {}) {
    this.settings = resolveSettings(options)
    this.#ownsClient = options.client === undefined
    this.#client =
      options.client ??
      (typeof options.connection === 'string' ? openClient(options.connection) : new PgClient(options.connection))
    this.#lazy = options.lazy ?? false
  }

  get name(): string {
    return this.settings.name
  }

  /** Checks the connection and makes the journal's tables, where they are not there. @throws CONNECTION_FAILED, JOURNAL_MISMATCH, MIGRATIONS_DISABLED */
  async initialize(): Promise<void> {
    this.#refuseDisabled()
    if (this.#state === 'closed') throw this.#notReady('was shut down')
    preloadParser()
    const place = placeOfJournal(this.settings)
    if ((await missingTables(this.#client, place)).length > 0)
      await underLock(this.#parts(), 'migration:initialize', undefined, (session) => ensureTables(session, place))
    this.#state = 'ready'
  }

  /** Runs pending migrations: all, or those that the options mean. @throws the first failure; with `continueOnError` failures are in the result */
  async migrate(options: MigrateFilesOptions = {}): Promise<MigrateResult> {
    const { to, steps, name, outOfOrder, dryRun, ...rest } = options
    const { continueOnError } = rest
    const request: ResolveRequest = { direction: 'up', to, steps, name, outOfOrder, continueOnError }
    const result = await this.#run(request, rest, dryRun)
    return { ...result, appliedMigrations: result.executed }
  }

  /** Rolls back the last batch, or what the options mean, latest first. @throws the first failure, MIGRATION_IRREVERSIBLE before anything runs */
  async rollback(options: RollbackOptions = {}): Promise<RollbackResult> {
    const { to, steps, batch, all, name, dryRun, ...rest } = options
    const { batch: _batch, ...result } = await this.#run(
      { direction: 'down', to, steps, batch, all, name },
      rest,
      dryRun,
    )
    return { ...result, rolledBackMigrations: result.executed }
  }

  /** Like migrate(), and a failure is in the result. */
  migrateToLatest(options: RunOptions = {}): Promise<MigrateResult> {
    return caught(() => this.migrate(options), { appliedMigrations: [], batch: 0 })
  }

  /** That version stays, what was applied after it is rolled back; a failure is in the result. */
  rollbackToVersion(version: string, options: RunOptions = {}): Promise<RollbackResult> {
    return caught(() => this.rollback({ ...options, to: version }), { rolledBackMigrations: [] })
  }

  /** Applied, pending and failed migrations, the lock, and what `up` would complain about. Makes nothing. */
  async getStatus(): Promise<MigrationStatus> {
    this.#refuseNotReady()
    return statusOf(this.#client, this.settings)
  }

  /** The version that was applied last; null: none. */
  async getCurrentVersion(): Promise<string | null> {
    this.#refuseNotReady()
    const rows = (await readJournal(this.#client, placeOfJournal(this.settings))).filter(isApplied)
    return rows.sort((a, b) => (b.position ?? 0) - (a.position ?? 0))[0]?.version ?? null
  }

  /** In the order in which they would run. */
  async getPendingMigrations(): Promise<readonly MigrationName[]> {
    return (await this.getStatus()).pending.map(({ version, name, file }) => ({ version, name, file }))
  }

  /** Attempts, latest first: nothing in it is ever changed. */
  async getHistory(request: HistoryRequest = {}): Promise<readonly HistoryRow[]> {
    this.#refuseNotReady()
    return readHistory(this.#client, placeOfJournal(this.settings), request)
  }

  /** Everything that can be wrong with the files, their order and the journal, at once. With `offline` no database is asked. */
  async validate(options: { readonly offline?: boolean } = {}): Promise<ValidationReport> {
    if (!options.offline) this.#refuseNotReady()
    return validateFiles(options.offline ? undefined : this.#client, this.settings)
  }

  /**
   * Every migration up, down and up again in a scratch database beside this one (PGlite where there is no server); the schema has to be the same each time.
   * @throws MIGRATION_ROUND_TRIP
   */
  async validateRoundTrip(): Promise<RoundTripReport> {
    this.#refuseNotReady()
    const { roundTrip } = await import('./round-trip.js')
    return roundTrip(this.options, this.#client, (options) => new MigrationManager(options))
  }

  /** Says what is true where only a person can know: see RepairRequest. */
  async repair(request: RepairRequest): Promise<readonly Repaired[]> {
    this.#refuseNotReady()
    return repairJournal(this.#parts(), request)
  }

  /** Who holds the migration lock; undefined: nobody. */
  async lockStatus(): Promise<LockHolder | undefined> {
    this.#refuseNotReady()
    return lockStatus(this.#client, this.settings.ownSchema)
  }

  /** Ends the holder's session: its transaction is rolled back. */
  async unlock(): Promise<LockHolder | undefined> {
    this.#refuseNotReady()
    return unlock(this.#client, this.settings.ownSchema)
  }

  /** Can the database be reached, and if not, why: host, port, authentication, ssl or database, in words. Never throws. */
  testConnection(): Promise<ConnectionReport> {
    return testConnection(this.#client)
  }

  /** Cancels what runs after `timeout` milliseconds (default 5000; it is rolled back), and ends the client if it is the manager's own. */
  async shutdown(options: { readonly timeout?: number } = {}): Promise<void> {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    const timer = setTimeout(() => {
      for (const { abort } of this.#running) abort.abort()
    }, options.timeout ?? 5_000)
    await Promise.allSettled([...this.#running].map(({ done }) => done))
    clearTimeout(timer)
    if (this.#ownsClient) await this.#client.end()
  }

  /** The same as shutdown(). */
  close(options: { readonly timeout?: number } = {}): Promise<void> {
    return this.shutdown(options)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown()
  }

  /** Calls `listener` on each event of that type; the returned function ends it. */
  on<K extends keyof MigrationEvents>(type: K, listener: (event: MigrationEvents[K]) => void): () => void {
    return this.events.on(type, listener)
  }

  #parts(): RunnerParts {
    return { client: this.#client, settings: this.settings, events: this.events }
  }

  async #run(
    request: ResolveRequest,
    options: RunOptions,
    dryRun: boolean | 'execute' | undefined,
  ): Promise<MigrationResult & { readonly batch: number }> {
    this.#refuseNotReady()
    if (dryRun) {
      const started = performance.now()
      const rehearsed = await (dryRun === 'execute' ? rehearseExecuting : rehearse)(this.#parts(), request, options)
      return {
        success: true,
        executed: [],
        failed: [],
        batch: 0,
        rehearsed,
        milliseconds: Math.round(performance.now() - started),
      }
    }
    const abort = new AbortController()
    const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal
    const done = runMigrations(this.#parts(), request, { ...options, signal })
    const entry = { abort, done }
    this.#running.add(entry)
    try {
      const outcome = await done
      const error = outcome.failed[0]?.error
      return { success: outcome.failed.length === 0, ...outcome, ...(error ? { error } : {}) }
    } finally {
      this.#running.delete(entry)
    }
  }

  #refuseDisabled(): void {
    if (this.settings.enabled) return
    throw new MigrationError(
      'MIGRATIONS_DISABLED',
      `File migrations of '${this.name}' are switched off (enabled: false).`,
      { hint: 'Set migrations: { enabled: true } where they should run.' },
    )
  }

  #refuseNotReady(): void {
    this.#refuseDisabled()
    if (this.#state === 'closed') throw this.#notReady('was shut down')
    if (this.#state === 'new' && !this.#lazy) throw this.#notReady('is not initialised')
  }

  #notReady(why: string): LockstepError {
    return new UsageError('MIGRATIONS_NOT_INITIALIZED', `The MigrationManager '${this.name}' ${why}.`, {
      hint: why === 'was shut down' ? 'Make a new one.' : 'Call await manager.initialize() first.',
    })
  }
}

/** What failed is in the result, with what had been done before it. */
async function caught<R extends MigrationResult>(
  work: () => Promise<R>,
  rest: Omit<R, keyof MigrationResult>,
): Promise<R> {
  try {
    return await work()
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error))
    const executed = ((failure as { executed?: readonly Executed[] }).executed ?? []) as readonly Executed[]
    const { migration, version } = (failure instanceof LockstepError ? failure.details : undefined) ?? {}
    const failed =
      typeof migration === 'string'
        ? [{ version: String(version), name: migration, file: migration, error: failure }]
        : []
    const lists = Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, Array.isArray(value) ? executed : value]),
    )
    return { success: false, executed, failed, error: failure, milliseconds: 0, ...lists } as unknown as R
  }
}
