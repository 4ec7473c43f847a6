// swc's source map of lowered legacy decorators says nothing of the decorators themselves, so a plan would name the line of whatever came before.
// Their places are put into the map: the k-th `_ts_decorate([…])` is the k-th decorated member or class of the source.
import { parseSync } from './swc.js'

interface Node {
  readonly type: string
  readonly span: { readonly start: number }
  readonly [key: string]: unknown
}

interface Place {
  readonly name: string
  /** From 0. */
  readonly line: number
  readonly column: number
}

const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? value : [])
const marker = '//# sourceMappingURL=data:application/json;base64,'

/** The code with the map corrected; unchanged where source and output do not correspond. */
export function withDecoratorLines(code: string, source: string, tsx: boolean): string {
  const at = code.lastIndexOf(marker)
  if (at < 0 || !code.includes('_ts_decorate([')) return code
  const lines = code.slice(0, at).split('\n')
  const found = match(lines, decorated(source, tsx))
  if (!found) return code
  const map = JSON.parse(Buffer.from(code.slice(at + marker.length).trim(), 'base64').toString()) as {
    mappings: string
  }
  const mappings = decode(map.mappings)
  for (const { line, column, place } of found) {
    while (mappings.length <= line) mappings.push([])
    mappings[line] = [[column, 0, place.line, place.column], ...(mappings[line] ?? []).filter((one) => one[0] > column)]
  }
  return `${code.slice(0, at)}${marker}${Buffer.from(JSON.stringify({ ...map, mappings: encode(mappings) })).toString('base64')}`
}

/** The decorators of each member, then of the class, class by class. */
function decorated(source: string, tsx: boolean): readonly (readonly Place[])[] {
  const program = parseSync(`;${source}`, {
    syntax: 'typescript',
    tsx,
    decorators: true,
    target: 'es2022',
  }) as unknown as { readonly body: readonly Node[] }
  const start = program.body[0]?.span.start ?? 0
  const bytes = Buffer.from(`;${source}`)
  const place = (decorator: Node): Place => {
    const expression = decorator.expression as Node
    const before = bytes.subarray(1, expression.span.start - start).toString()
    const callee = (expression.type === 'CallExpression' ? expression.callee : expression) as Node
    return {
      name: String(callee.value ?? ''),
      line: before.split('\n').length - 1,
      column: before.length - before.lastIndexOf('\n') - 1,
    }
  }
  return program.body.flatMap((item) => {
    const node = (item.declaration ?? item.decl ?? item) as Node
    if (!node.type?.startsWith('Class')) return []
    const members = list(node.body).map((member) =>
      list(member.decorators ?? (member.function as Node | undefined)?.decorators),
    )
    return [...members, list(node.decorators)].filter((one) => one.length > 0).map((one) => one.map(place))
  })
}

interface Found {
  readonly line: number
  readonly column: number
  readonly place: Place
}

function match(lines: readonly string[], groups: readonly (readonly Place[])[]): readonly Found[] | undefined {
  const found: Found[] = []
  let group = 0
  for (let line = 0; line < lines.length; line++) {
    const opening = /^(\s*).*_ts_decorate\(\[$/.exec(lines[line] ?? '')
    if (!opening) continue
    const places = groups[group++]
    if (!places) return undefined
    const indent = `${opening[1]}    `
    let next = line + 1
    for (const place of places) {
      while (
        next < lines.length &&
        !(lines[next]?.startsWith(indent) && /^[A-Za-z_$]/.test(lines[next]?.slice(indent.length) ?? ''))
      )
        next++
      if (!lines[next]?.slice(indent.length).startsWith(place.name)) return undefined
      found.push({ line: next++, column: indent.length, place })
    }
  }
  return group === groups.length ? found : undefined
}

/** Generated column, source, line, column; a name, where there is one. */
type Segment = readonly [number, number?, number?, number?, number?]
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 VLQ, as the source map format has it. */
function decode(mappings: string): Segment[][] {
  const last = [0, 0, 0, 0, 0]
  return mappings.split(';').map((line) => {
    last[0] = 0
    return line.split(',').flatMap((text) => {
      if (text === '') return []
      const values: number[] = []
      let value = 0
      let shift = 0
      for (const digit of text) {
        const bits = digits.indexOf(digit)
        value += (bits & 31) * 2 ** shift
        shift += 5
        if (bits & 32) continue
        const index = values.length
        last[index] = (last[index] ?? 0) + (value % 2 === 1 ? -1 : 1) * Math.floor(value / 2)
        values.push(last[index] ?? 0)
        value = 0
        shift = 0
      }
      return [values as unknown as Segment]
    })
  })
}

function encode(lines: readonly (readonly Segment[])[]): string {
  const last = [0, 0, 0, 0, 0]
  return lines
    .map((line) => {
      last[0] = 0
      return line
        .map((segment) =>
          segment
            .map((value = 0, index) => {
              const delta = value - (last[index] ?? 0)
              last[index] = value
              return digitsOf(delta)
            })
            .join(''),
        )
        .join(',')
    })
    .join(';')
}

function digitsOf(delta: number): string {
  let rest = Math.abs(delta) * 2 + (delta < 0 ? 1 : 0)
  let text = ''
  do {
    const bits = rest % 32
    rest = Math.floor(rest / 32)
    text += digits[rest > 0 ? bits + 32 : bits]
  } while (rest > 0)
  return text
}
