// Mistakes of a model, collected until all of them are known.
import { type ErrorCode, ModelError, type ModelIssue } from '../errors.js'
import type { SourceOf } from './model-config.js'
import { sourceText } from './source-line.js'

export interface Place {
  readonly entity?: string | undefined
  readonly property?: string | undefined
  readonly source?: SourceOf | undefined
}

export class Issues {
  readonly #found: ModelIssue[] = []

  add(code: ErrorCode, place: Place, message: string, hint?: string): void {
    const source = sourceText(place.source)
    this.#found.push({
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(place.entity === undefined ? {} : { entity: place.entity }),
      ...(place.property === undefined ? {} : { property: place.property }),
      ...(source === undefined ? {} : { source }),
    })
  }

  /** @throws ModelError with everything that was found, if anything was */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new ModelError(this.#found)
  }
}
