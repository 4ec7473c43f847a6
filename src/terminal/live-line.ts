// The last line of a terminal, written over while something runs; lines that stay are printed above it.

interface LiveStream {
  write(text: string): unknown
  readonly columns?: number
}

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
const interval = 100

/** `width`: how many characters there is room for. */
export type LiveText = (milliseconds: number, width: number) => string

export class LiveLine {
  #text: LiveText | undefined
  #timer: NodeJS.Timeout | undefined
  #started = 0

  constructor(
    private readonly stream: LiveStream,
    private readonly paint: (text: string) => string = (text) => text,
  ) {}

  /** Shows what `text` yields, ten times a second, until `end()`. */
  start(text: LiveText): void {
    this.end()
    this.#text = text
    this.#started = performance.now()
    this.#draw()
    this.#timer = setInterval(() => this.#draw(), interval)
    this.#timer.unref()
  }

  /** A line that stays. */
  print(line: string): void {
    this.stream.write(`${this.#text ? '\r\u001b[2K' : ''}${line}\n`)
    this.#draw()
  }

  end(): void {
    clearInterval(this.#timer)
    if (this.#text) this.stream.write('\r\u001b[2K')
    this.#text = undefined
  }

  #draw(): void {
    if (!this.#text) return
    const elapsed = performance.now() - this.#started
    const frame = frames[Math.floor(elapsed / interval) % frames.length]
    // A line that is longer than the terminal would take two, and only one of them would be written over.
    const width = Math.max(0, (this.stream.columns || 80) - 1)
    const shown = `${frame} ${this.#text(elapsed, width - 2)}`.slice(0, width)
    this.stream.write(`\r\u001b[2K${this.paint(shown)}`)
  }
}

/** `██████░░░░░░░░░░░░░░ 30% (3/10)` with so many blocks, none where there is no room for them; without a total the count alone. */
export function bar(done: number, total: number | undefined, blocks: number): string {
  if (total === undefined || !(total > 0)) return String(done)
  const part = Math.min(1, Math.max(0, done / total))
  const numbers = `${Math.floor(part * 100)}% (${done}/${total})`
  if (blocks < 5) return numbers
  const filled = Math.round(part * blocks)
  return `${'█'.repeat(filled)}${'░'.repeat(blocks - filled)} ${numbers}`
}

/** What is left of a name in so many characters: its ends. */
export function shortened(name: string, width: number): string {
  if (name.length <= width) return name
  const tail = Math.floor((width - 1) / 2)
  return `${name.slice(0, width - 1 - tail)}…${tail > 0 ? name.slice(-tail) : ''}`
}
