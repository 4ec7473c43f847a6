// A call of the builder: it runs when it is awaited, one after the other; one that nobody awaited is found at the end.
import type { OperationBase } from '../../engine/kind.js'
import { MigrationError } from '../../errors.js'

/** What a builder method returns: awaited, it runs and yields its operations. */
export class BuilderCall<T = readonly OperationBase[]> implements PromiseLike<T> {
  #promise: Promise<T> | undefined

  constructor(
    private readonly calls: Calls,
    readonly name: string,
    private readonly work: () => Promise<T>,
    /** Made of calls, which take their turns themselves. */
    private readonly composite = false,
  ) {
    calls.made(this)
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting is what runs it.
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#promise ??= this.composite ? this.calls.together(this, this.work) : this.calls.run(this, this.work)
    return this.#promise.then(fulfilled, rejected)
  }
}

/** The calls of one migration, in their order. */
export class Calls {
  readonly #unstarted = new Set<{ readonly name: string }>()
  readonly #running = new Set<{ readonly name: string }>()
  #last: Promise<unknown> = Promise.resolve()
  #over = false

  made(call: { readonly name: string }): void {
    this.#refuseOver(call.name)
    this.#unstarted.add(call)
  }

  /** After whatever was started before. */
  run<T>(call: { readonly name: string }, work: () => Promise<T>): Promise<T> {
    this.#unstarted.delete(call)
    this.#refuseOver(call.name)
    this.#running.add(call)
    const result = this.#last.then(() => {
      this.#refuseOver(call.name)
      return work()
    })
    // A rejection belongs to whoever awaits the call; the next one may still run.
    this.#last = result.catch(() => undefined).finally(() => this.#running.delete(call))
    return result
  }

  /** A call that awaits others: it must not hold the turn that they wait for. */
  together<T>(call: { readonly name: string }, work: () => Promise<T>): Promise<T> {
    this.#unstarted.delete(call)
    this.#refuseOver(call.name)
    this.#running.add(call)
    return work().finally(() => this.#running.delete(call))
  }

  /** What was made and never awaited, or is still running although the migration has returned. */
  async settled(): Promise<readonly string[]> {
    const open = [...this.#unstarted, ...this.#running].map((call) => call.name)
    await this.#last
    return open
  }

  close(): void {
    this.#over = true
  }

  #refuseOver(name: string): void {
    if (this.#over) throw notAwaited(name, `used ${name} after it had ended`)
  }
}

export const notAwaited = (name: string, what = `did not await ${name}`): MigrationError =>
  new MigrationError('MIGRATION_NOT_AWAITED', `The migration ${what}.`, {
    hint: `Write \`await\` before ${name}, and before everything else that returns a promise.`,
  })
