// Where in the user's files a declaration stands: the stack is kept when it is made, and formatted only when somebody asks.
import type { SourceLine, SourceOf } from './model-config.js'

type Callable = (...args: never[]) => unknown

/** The line that called `boundary`. Formatting goes through source maps where the process has switched them on. */
export function sourceOf(boundary: Callable): SourceOf {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 1
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, boundary)
  Error.stackTraceLimit = limit
  return () => parseFrame(holder.stack)
}

const frame = /(?:\(|at (?:async )?)((?:[a-z]+:\/\/)?[^()\s][^()]*?):(\d+):(\d+)\)?\s*$/i

/** The first place in a V8 stack text. */
export function parseFrame(stack: string | undefined): SourceLine | undefined {
  const found = (stack ?? '')
    .split('\n')
    .slice(1)
    .map((line) => frame.exec(line))
    .find((match) => match !== null)
  if (!found) return undefined
  return { file: toPath(found[1] ?? ''), line: Number(found[2]), column: Number(found[3]) }
}

function toPath(text: string): string {
  if (!text.startsWith('file:')) return text
  return decodeURIComponent(new URL(text).pathname).replace(/^\/(?=[A-Za-z]:)/, '')
}

/** `file:line:column`, as an editor opens it. */
export function sourceText(source: SourceOf | undefined): string | undefined {
  const line = source?.()
  return line && `${line.file}:${line.line}${line.column === undefined ? '' : `:${line.column}`}`
}
