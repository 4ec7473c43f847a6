// A call of the builder: it runs when it is awaited, one after the other; one that nobody awaited is found at the end. Each knows where it was written.
import type { OperationBase } from '../../engine/kind.js'
import { MigrationError } from '../../errors.js'

/** Where calls were made whose work failed, by what they failed with. */
const sites = new WeakMap<object, Error>()

/** The stack of the call that failed with this. */
export const siteOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? sites.get(error)?.stack : undefined

/** Something that takes its turn. Its stack is only made into text where it is asked for. */
export interface Call {
  readonly name: string
  readonly site: Error
}

/** What a builder method returns: awaited, it runs and yields its operations. */
export class BuilderCall<T = readonly OperationBase[]> implements PromiseLike<T> {
  readonly site = new Error('called')
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
  readonly #unstarted = new Set<Call>()
  readonly #running = new Set<Call>()
  #last: Promise<unknown> = Promise.resolve()
  #over = false

  made(call: Call): void {
    this.#refuseOver(call.name)
    this.#unstarted.add(call)
  }

  /** After whatever was started before. */
  run<T>(call: Call, work: () => Promise<T>): Promise<T> {
    this.#unstarted.delete(call)
    this.#refuseOver(call.name)
    this.#running.add(call)
    const result = this.#last.then(() => {
      this.#refuseOver(call.name)
      return work()
    })
    // A rejection belongs to whoever awaits the call; the next one may still run.
    this.#last = result.catch((error: unknown) => noteSite(error, call)).finally(() => this.#running.delete(call))
    return result
  }

  /** A call that awaits others: it must not hold the turn that they wait for. */
  together<T>(call: Call, work: () => Promise<T>): Promise<T> {
    this.#unstarted.delete(call)
    this.#refuseOver(call.name)
    this.#running.add(call)
    return work().finally(() => this.#running.delete(call))
  }

  /** What was made and never awaited, or is still running although the migration has returned. */
  async settled(): Promise<readonly Call[]> {
    const open = [...this.#unstarted, ...this.#running]
    await this.#last
    return open
  }

  close(): void {
    this.#over = true
  }

  #refuseOver(name: string): void {
    if (this.#over) throw notAwaited({ name, site: new Error('called') }, `used ${name} after it had ended`)
  }
}

function noteSite(error: unknown, { site }: Call): void {
  if (typeof error === 'object' && error !== null && !sites.has(error)) sites.set(error, site)
}

export function notAwaited(call: Call, what = `did not await ${call.name}`): MigrationError {
  const error = new MigrationError('MIGRATION_NOT_AWAITED', `The migration ${what}.`, {
    hint: `Write \`await\` before ${call.name}, and before everything else that returns a promise.`,
  })
  noteSite(error, call)
  return error
}
