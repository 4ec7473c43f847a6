// Whoever was told that an object is not made again is asked once more where it is after all.

export class Told {
  readonly #waiting = new Map<string, (() => void)[]>()
  #again: (() => void) | undefined

  /** What is told meanwhile counts for whoever asks: `again` asks once more. */
  asking<T>(again: () => void, ask: () => T): T {
    this.#again = again
    const answer = ask()
    this.#again = undefined
    return answer
  }

  tell(key: string, madeAgain: boolean): boolean {
    if (!madeAgain && this.#again) this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), this.#again])
    return madeAgain
  }

  madeAgain(key: string): void {
    const waiting = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    for (const again of waiting) again()
  }
}
