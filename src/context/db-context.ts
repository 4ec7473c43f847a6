// What users subclass: the composition root of a model and a client.
import type { DatabaseClient } from '../client/database-client.js'
import { logged } from '../client/logged-client.js'
import { LockstepError, ModelError, UsageError } from '../errors.js'
import { MigrationManager } from '../migrations/manager.js'
import { type BuiltModel, buildModel } from '../model/build-model.js'
import type { EntityClass } from '../model/entity-class.js'
import { DbModelConfig, ModelDraft } from '../model/model-builder.js'
import type { ModelConfig } from '../model/model-config.js'
import { defaultNaming } from '../model/naming.js'
import { DbEntityTable } from './entity-table.js'
import type { ContextOptions, SchemaOptions } from './options.js'
import { DbSchemaManager } from './schema-manager.js'

/**
 * A database as the application sees it. Entities are those of `setupModel`, those that getters pass to `this.table(…)`, and those their foreign keys lead to.
 * @example
 * class AppDatabase extends DbContext {
 *   get users(): DbEntityTable<User> { return this.table(User) }
 * }
 * const db = new AppDatabase(new PgClient(process.env.DATABASE_URL))
 * await db.getSchemaManager().migrate()
 * await db.dispose()
 */
export abstract class DbContext {
  readonly #options: ContextOptions
  readonly #client: DatabaseClient
  #hookClient: DatabaseClient | undefined
  #built: BuiltModel | undefined
  #migrations: MigrationManager | undefined
  /** Set while getters are read to find entities. */
  #discovered: EntityClass[] | undefined

  /** @param client ended by dispose() */
  constructor(client: DatabaseClient, options: ContextOptions = {}) {
    if (typeof client?.query !== 'function' || typeof client.script !== 'function') {
      throw new UsageError('USAGE', `${new.target.name} needs a client.`, {
        hint: `Write new ${new.target.name}(new PgClient(process.env.DATABASE_URL)).`,
      })
    }
    this.#options = options
    this.#client = logged(client, options)
  }

  /** The model as frozen plain data. @throws ModelError with every mistake */
  get model(): ModelConfig {
    return this.#build().model
  }

  /** The client; while the hook runs, the hook's, inside the migration's transaction. */
  protected get client(): DatabaseClient {
    return this.#hookClient ?? this.#client
  }

  /** Analyses, plans, migrates, creates and deletes. */
  getSchemaManager(options: SchemaOptions = {}): DbSchemaManager {
    return new DbSchemaManager(
      this.#client,
      {
        type: 'model',
        model: () => this.model,
        // Without a hook of its own, a run that has nothing to do opens no transaction.
        ...(this.onMigrationComplete === DbContext.prototype.onMigrationComplete
          ? {}
          : { hook: (client) => this.#runHook(client) }),
      },
      options,
    )
  }

  /**
   * File migrations of this context's database; initialised by their first use.
   * @example const { appliedMigrations } = await db.migrations.migrate()
   */
  get migrations(): MigrationManager {
    this.#migrations ??= new MigrationManager({
      ...this.#options.migrations,
      client: this.#client,
      name: this.#options.name ?? this.constructor.name,
      defaultSchema: this.#options.defaultSchema,
      lazy: true,
    })
    return this.#migrations
  }

  /** A typed handle on an entity's table; what a getter of the context returns. */
  protected table<T extends object>(entity: EntityClass<T>): DbEntityTable<T> {
    this.#discovered?.push(entity as EntityClass)
    return new DbEntityTable<T>(
      () => this.client,
      () => {
        const mapping = this.#build().mappings.get(entity as EntityClass)
        if (!mapping)
          throw new UsageError('USAGE', `${entity.name} is no entity of ${this.constructor.name}.`, {
            hint: `Add a getter to the context, get x() { return this.table(${entity.name}) }, or name it in setupModel.`,
          })
        return mapping
      },
    )
  }

  /** Describes the model fluently: instead of decorators, or on top of them. Default: nothing. */
  protected setupModel(_model: DbModelConfig): void {}

  /**
   * SQL of your own, inside the migration's transaction, after every `migrate()` and `ensureCreated()`, also when nothing changed: write it so that it may run
   * again (CREATE OR REPLACE, IF NOT EXISTS). What it creates is the hook's own and is never dropped by a migration. An error rolls everything back.
   */
  protected async onMigrationComplete(_client: DatabaseClient): Promise<void> {}

  /** Ends the client that the context was given. May be called twice. */
  async dispose(): Promise<void> {
    await this.#migrations?.shutdown()
    await this.#client.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose()
  }

  async #runHook(client: DatabaseClient): Promise<void> {
    this.#hookClient = client
    try {
      await this.onMigrationComplete(client)
    } finally {
      this.#hookClient = undefined
    }
  }

  #build(): BuiltModel {
    this.#built ??= this.#makeModel()
    return this.#built
  }

  #makeModel(): BuiltModel {
    const draft = new ModelDraft()
    for (const entity of this.#entitiesOfGetters()) draft.entity(entity)
    this.setupModel(new DbModelConfig(draft))
    return buildModel(draft, {
      contextName: this.#options.name ?? this.constructor.name,
      defaultSchema: this.#options.defaultSchema ?? 'public',
      naming: { ...defaultNaming, ...this.#options.naming },
    })
  }

  /** Each getter of the prototype chain is read once, the base class's first. */
  #entitiesOfGetters(): readonly EntityClass[] {
    const chain: object[] = []
    for (
      let level: object = Object.getPrototypeOf(this);
      level !== DbContext.prototype && level !== null;
      level = Object.getPrototypeOf(level)
    )
      chain.unshift(level)
    const names = new Set(
      chain.flatMap((level) =>
        Object.entries(Object.getOwnPropertyDescriptors(level)).flatMap(([name, descriptor]) =>
          descriptor.get ? [name] : [],
        ),
      ),
    )
    const found: EntityClass[] = []
    this.#discovered = found
    try {
      for (const name of names) this.#readGetter(name)
    } finally {
      this.#discovered = undefined
    }
    return [...new Set(found)]
  }

  #readGetter(name: string): void {
    try {
      void (this as Record<string, unknown>)[name]
    } catch (error) {
      if (error instanceof LockstepError) throw error
      throw new ModelError([
        {
          code: 'GETTER_FAILED',
          entity: this.constructor.name,
          property: name,
          message: `The getter threw while the entities of the context were looked for: ${error instanceof Error ? error.message : String(error)}`,
          hint: 'Getters of a context are read once to find its entities; one that does other work belongs into a method.',
        },
      ])
    }
  }
}
