// A real pseudo-terminal around a child process: what it prints, what is typed, how it ends.
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { type IPty, spawn } from '@lydell/node-pty'
import { cleanEnvironment } from './built-program.js'

export interface Terminal {
  /** Everything printed so far, without escape sequences that colour or move. */
  text(): string
  /** Everything, as it was sent. */
  raw(): string
  /** Waits until the text holds `part`. */
  until(part: string): Promise<void>
  type(keys: string): void
  signal(name: string): void
  readonly exited: Promise<number>
}

/** Runs Node with these arguments in a terminal, of 120 columns by default. */
export function inTerminal(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>>; readonly columns?: number } = {},
): Terminal {
  const child: IPty = spawn(process.execPath, [...args], {
    cols: options.columns ?? 120,
    rows: 40,
    cwd: options.cwd ?? process.cwd(),
    env: cleanEnvironment({ TERM: 'xterm', ...options.env }),
  })
  let raw = ''
  child.onData((data) => {
    raw += data
  })
  const exited = new Promise<number>((done) => {
    child.onExit(({ exitCode, signal }) => done(signal ? 128 + signal : exitCode))
  })
  const text = () => stripVTControlCharacters(raw).replaceAll('\r\n', '\n')
  return {
    text,
    raw: () => raw,
    until: async (part) => {
      for (let waited = 0; waited < 60_000; waited += 25) {
        if (text().includes(part)) return
        await sleep(25)
      }
      child.kill()
      throw new Error(`'${part}' never came; the terminal shows:\n${text()}`)
    },
    type: (keys) => child.write(keys),
    signal: (name) => child.kill(name),
    exited,
  }
}
