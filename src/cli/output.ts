// What goes to stdout and what to stderr: with --json stdout holds one JSON document, and everything for people goes to stderr.
import { painter } from '../terminal/colors.js'
import { isInteractive, wantsColor } from '../terminal/interactive.js'
import { LiveLine } from '../terminal/live-line.js'
import type { RenderOptions } from '../terminal/render.js'

export interface OutputOptions {
  readonly json?: boolean | undefined
  readonly verbose?: boolean | undefined
  /** `false` by --no-color. */
  readonly color?: boolean | undefined
}

/** The two streams of one run of the program. */
export class Output {
  readonly json: boolean
  readonly verbose: boolean
  readonly #color: boolean
  /** The last line of stderr, where a person is looking on. */
  readonly live: LiveLine | undefined

  constructor(options: OutputOptions = {}) {
    this.json = options.json === true
    this.verbose = options.verbose === true
    this.#color = options.color !== false
    this.live =
      this.json || !isInteractive() || process.env.TERM === 'dumb'
        ? undefined
        : new LiveLine(process.stderr, painter(this.forNotes.color).dim)
  }

  /** How to render for stdout. */
  get forResult(): RenderOptions {
    return { color: this.#color && wantsColor(process.stdout), verbose: this.verbose }
  }

  /** How to render for stderr. */
  get forNotes(): RenderOptions {
    return { color: this.#color && wantsColor(process.stderr), verbose: this.verbose }
  }

  /** The one document of --json; without --json the text that `people` renders. */
  result(document: unknown, people: (options: RenderOptions) => string): void {
    process.stdout.write(this.json ? `${JSON.stringify(document, null, 2)}\n` : ensureLine(people(this.forResult)))
  }

  /** Text on stdout that is the result itself, whatever the options. */
  text(text: string): void {
    process.stdout.write(ensureLine(text))
  }

  /** A line for people, on stderr. */
  note(line: string): void {
    if (this.live) this.live.print(line)
    else process.stderr.write(`${line}\n`)
  }
}

const ensureLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
