// What a command works with: settings, the target's client, the context, sources; everything that was opened is closed at the end.
import type { DatabaseClient } from '../client/database-client.js'
import { openClient } from '../client/open-client.js'
import { PgClient, type PgFields } from '../client/pg-client.js'
import type { DbContext } from '../context/db-context.js'
import { DbSchemaManager } from '../context/schema-manager.js'
import { buildScratchDatabase } from '../context/scratch-database.js'
import type { DesiredSource } from '../context/sources.js'
import { RefusedError, UsageError } from '../errors.js'
import type { ConnectionSettings } from './config.js'
import type { TargetFlags } from './options.js'
import { readSettings, type Settings } from './settings.js'
import { type NamedSource, readSource } from './sources.js'

/** Opens things on demand and remembers how to close them. */
export class Workspace {
  readonly #clients = new Map<string, DatabaseClient>()
  readonly #closers: (() => Promise<void>)[] = []

  constructor(readonly settings: Settings) {}

  /** The target database. @throws UsageError URL_MISSING */
  target(): DatabaseClient {
    const { url, connection } = this.settings
    if (url !== undefined) return this.#open(url, connection)
    throw new UsageError('URL_MISSING', 'No database was named.', {
      hint: 'Give --url postgres://user@host:5432/database (or pglite:<dir>), set DATABASE_URL, or set url in the configuration.',
    })
  }

  /** A database that can be asked about SQL: the target, else PGlite in memory. */
  anyDatabase(): DatabaseClient {
    return this.#open(this.settings.url ?? 'pglite:memory')
  }

  /** The schema manager for the target: of the model, or of another desired side. */
  async manager(desired?: string): Promise<DbSchemaManager> {
    const named = await this.#named(desired ?? 'model')
    const client = this.target()
    if (named.type === 'model') return (await this.#context(client)).getSchemaManager(this.settings.schema)
    return new DbSchemaManager(client, await this.#desired(named), this.settings.schema)
  }

  /** The target database as a source. */
  targetSource(): DesiredSource {
    const client = this.target()
    return { type: 'database', client, label: client.describe() }
  }

  /** A schema manager that knows only the target: for its lock. */
  targetManager(): DbSchemaManager {
    return new DbSchemaManager(this.target(), { type: 'empty' }, this.settings.schema)
  }

  /** The desired sides that texts name; the texts are all read before anything is opened. */
  async sources(...texts: readonly string[]): Promise<readonly DesiredSource[]> {
    const named = await Promise.all(texts.map((text) => this.#named(text)))
    const sources: DesiredSource[] = []
    for (const source of named) sources.push(await this.#desired(source))
    return sources
  }

  async dispose(): Promise<void> {
    for (const close of this.#closers.reverse()) await close().catch(() => undefined)
  }

  #named(text: string): Promise<NamedSource> {
    return readSource(text)
  }

  async #desired(source: NamedSource): Promise<DesiredSource> {
    switch (source.type) {
      case 'empty':
        return { type: 'empty' }
      case 'snapshot':
        return source
      case 'url': {
        const client = this.#open(source.url)
        return { type: 'database', client, label: client.describe() }
      }
      case 'migrations': {
        const { buildFromFiles } = await import('../migrations/generate/scratch.js')
        const { managerOptions } = await import('./migrations/manager-options.js')
        const target = this.settings.url === undefined ? undefined : this.target()
        const scratch = await buildFromFiles({ options: managerOptions({}, this.settings), target })
        this.#closers.push(() => scratch.dispose())
        return { type: 'database', client: scratch.client, label: scratch.label, ofMigrations: true }
      }
      case 'sql': {
        const target = this.settings.url === undefined ? undefined : this.#open(this.settings.url)
        const scratch = await buildScratchDatabase({ target, files: source.files })
        this.#closers.push(() => scratch.dispose())
        return { type: 'database', client: scratch.client, label: scratch.label }
      }
      case 'model': {
        const context = await this.#context(this.anyDatabase())
        return { type: 'model', model: () => context.model }
      }
    }
  }

  async #context(client: DatabaseClient): Promise<DbContext> {
    const { loadContextClass } = await import('./load/context-class.js')
    const Context = await loadContextClass(this.settings.context, this.settings.root)
    const context = new Context(client)
    this.#closers.push(() => context.dispose())
    return context
  }

  #open(url: string, connection?: ConnectionSettings): DatabaseClient {
    const known = this.#clients.get(url)
    if (known) return known
    const client =
      connection && /^postgres(ql)?:/.test(url)
        ? new PgClient({ connectionString: url, ...connection } as PgFields)
        : openClient(url)
    this.#clients.set(url, client)
    this.#closers.push(() => client.end())
    return client
  }
}

/** Runs `work` and closes what it opened, also when it throws. */
export async function inWorkspace<T>(flags: TargetFlags, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = new Workspace(await readSettings(flags))
  try {
    return await work(workspace)
  } finally {
    await workspace.dispose()
  }
}

/**
 * Refuses what throws a whole schema away where that must not happen.
 * @throws RefusedError FORBIDDEN_HERE under NODE_ENV=production and in protected environments
 */
export function refuseWhereProtected(settings: Settings, command: string): void {
  const where = settings.protected
    ? `the environment '${settings.environment}' is protected`
    : process.env.NODE_ENV === 'production'
      ? 'NODE_ENV is production'
      : undefined
  if (where === undefined) return
  throw new RefusedError('FORBIDDEN_HERE', `\`lockstep ${command}\` is not allowed here: ${where}.`, {
    hint: settings.protected
      ? 'Choose another environment; a protected one is only changed by `lockstep migrate`.'
      : '`lockstep migrate` is what changes a production database; see the plan with --dry-run.',
  })
}
