// What builder calls do on a migration's session: plan by the differ, send, remember what was done and what would undo it.
import { setSearchPath } from '../../catalog/session-settings.js'
import type { DatabaseSession } from '../../client/database-client.js'
import type { OperationBase } from '../../engine/kind.js'
import type { Entry } from '../../engine/state.js'
import { MigrationError } from '../../errors.js'
import { executionError } from '../../execute/failure.js'
import type { ModelConfig } from '../../model/model-config.js'
import { creating, readAll, rendered } from '../operations.js'
import type { Edit } from './edits.js'
import type { OperationPath } from './operation-path.js'

/** One statement that a migration sent, or in a dry run would have. */
export interface Statement {
  readonly description?: string
  readonly sql: string
}

export interface WorkOptions {
  readonly session: DatabaseSession
  readonly transaction: boolean
  /** Nothing is sent but reads. */
  readonly dryRun: boolean
  readonly defaultSchema: string
  /** Where SQL of operations finds what it names, after the object's own schema. */
  readonly path: OperationPath
  readonly ownSchema: string
  /** The way back is asked for, because nobody has written one. */
  readonly derives: boolean
  readonly signal: AbortSignal
}

export class BuilderWork {
  readonly operations: OperationBase[] = []
  readonly statements: Statement[] = []
  /** Latest first, so that it runs as it stands; undefined once something was done that nobody knows how to undo. */
  inverse: OperationBase[] | undefined = []
  /** SQL of the migration's own was sent: a way down cannot be derived. */
  sentSql = false
  /** Statements that the server has done; without a transaction they stay. */
  done = 0

  constructor(readonly options: WorkOptions) {}

  /** Called before SQL of the migration's own is sent. */
  ownSql(statements: readonly Statement[]): void {
    this.sentSql = true
    this.statements.push(...statements)
    this.options.path.forget()
  }

  /** Makes what the model declares. */
  async create(model: ModelConfig, only?: (entry: Entry) => boolean): Promise<readonly OperationBase[]> {
    const plan = await creating(model, this.options.session, only)
    const operations = plan.steps.map((step) => step.operation)
    for (const operation of operations) await this.#send(operation)
    return operations
  }

  /** Changes what is there, and asks the differ for both ways. */
  async change(what: string, edit: Edit): Promise<readonly OperationBase[]> {
    const { ownSchema, session, dryRun, derives } = this.options
    const there = await this.#reading(async () => {
      const reader = await readAll(session, ownSchema)
      try {
        const wanted = edit(reader.state)
        return { before: reader.state, plan: await reader.plan(wanted) }
      } catch (error) {
        if (dryRun && error instanceof MigrationError) return undefined
        throw error
      }
    })
    if (!there) {
      // What an earlier pending migration would have made is not there to be looked at.
      this.statements.push({ description: what, sql: '' })
      this.inverse = undefined
      return []
    }
    const operations = there.plan.steps.map((step) => step.operation)
    for (const operation of operations) await this.#execute(operation)
    if (!derives || this.sentSql) this.inverse = undefined
    else if (!dryRun && operations.length > 0 && this.inverse) {
      const back = await this.#reading(async () => (await readAll(session, ownSchema)).plan(there.before))
      this.inverse.unshift(...back.steps.map((step) => step.operation))
    }
    return operations
  }

  /** Any operation of the registry. */
  async apply(operation: OperationBase): Promise<void> {
    await this.#send(operation)
  }

  /** Operations whose own inverse is all that undoes them. */
  async #send(operation: OperationBase): Promise<void> {
    const inverse = await this.#execute(operation)
    if (inverse === undefined) this.inverse = undefined
    else this.inverse?.unshift(...inverse)
  }

  async #execute(operation: OperationBase): Promise<readonly OperationBase[] | undefined> {
    const { session, dryRun, path, transaction, signal } = this.options
    const { description, sql, inverse, transaction: needs } = rendered(operation, await session.server())
    if (needs === 'never' && transaction) {
      throw new MigrationError('MIGRATION_TRANSACTION', `'${description}' cannot run inside a transaction.`, {
        hint: 'Put it into a migration of its own that exports config = { transaction: false }.',
      })
    }
    signal.throwIfAborted()
    this.operations.push(operation)
    const text = sql.join(';\n')
    this.statements.push({ description, sql: text })
    if (dryRun) return inverse
    // The session's own search_path says nothing about where an operation's SQL finds its names; it is the user's again afterwards.
    const set = setSearchPath([operation.schemaName, ...(await path.schemas(session))]).text
    const local = String(transaction)
    const head = `select set_config('lockstep.path', current_setting('search_path'), ${local}), set_config('check_function_bodies', 'off', ${local}); ${transaction ? set : set.replace('set local', 'set')};\n`
    const tail = `;\nselect set_config('search_path', current_setting('lockstep.path'), ${local}), set_config('check_function_bodies', 'on', ${local})`
    try {
      if (transaction) await session.script(`${head}${text}${tail}`)
      else {
        await session.script(head)
        for (const one of sql) {
          await session.script(one)
          this.done++
        }
        await session.script(tail.slice(2))
      }
    } catch (cause) {
      if (signal.aborted) throw cause
      throw executionError(cause, { sql: text, offset: transaction ? head.length : 0, what: description })
    }
    path.after(operation)
    return inverse
  }

  /** Reading pins settings of the transaction; a savepoint that is rolled back takes them away again. */
  async #reading<T>(work: () => Promise<T>): Promise<T> {
    const { session, transaction } = this.options
    await session.script(transaction ? 'savepoint lockstep_reading' : 'begin')
    try {
      return await work()
    } finally {
      await session.script(
        transaction ? 'rollback to savepoint lockstep_reading; release savepoint lockstep_reading' : 'rollback',
      )
    }
  }
}
