// Where decorators stand in a user's file, after its TypeScript was lowered: a plan names that line.
import { SourceMap } from 'node:module'
import { expect, test } from 'vitest'
import { transpile } from '../../src/cli/load/transpile.js'

const source = `import { Column, Entity, Index, integer, PrimaryKey, text, type DbEntityTable } from 'lockstep-pg'

// Ünïcode before it: columns are counted in characters
@Entity('users')
@Index(['name'])
export class User {
  @PrimaryKey(integer(), {
    identity: 'always',
  }) id!: number

  /* a comment */ @Column(text()) name!: string
  static note: DbEntityTable<User>
  @Column(
    text(),
  )
  title!: string
}

class Plain {
  constructor(readonly a: string) {}
}

@Entity('others')
export default class Other extends Plain {
  @Column(text()) x!: string
}
`

/** Line and column, from 0, in the source, of each call in the output. */
function places(calls: readonly string[]): readonly (readonly [string, number | undefined, number | undefined])[] {
  const options = { experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: true }
  const code = transpile(source, '/project/src/users.ts', options as Parameters<typeof transpile>[2], false)
  const marker = 'base64,'
  const map = new SourceMap(
    JSON.parse(Buffer.from(code.slice(code.lastIndexOf(marker) + marker.length), 'base64').toString()),
  )
  const lines = code.split('\n')
  const decorating = lines.findIndex((line) => line.includes('_ts_decorate([\n') || line.endsWith('_ts_decorate(['))
  let from = decorating
  return calls.map((call) => {
    const line = lines.findIndex((text, index) => index > from && text.trimStart().startsWith(call))
    from = line
    const entry = map.findEntry(line, (lines[line] ?? '').indexOf(call)) as {
      originalLine?: number
      originalColumn?: number
    }
    return [call, entry.originalLine, entry.originalColumn]
  })
}

test('each decorator keeps its own place', () => {
  expect(
    places([
      'PrimaryKey(',
      'Column(text())',
      'Column(text())',
      "Entity('users')",
      'Index(',
      'Column(text())',
      "Entity('others')",
    ]),
  ).toEqual([
    ['PrimaryKey(', 6, 3],
    ['Column(text())', 10, 19],
    ['Column(text())', 12, 3],
    ["Entity('users')", 3, 1],
    ['Index(', 4, 1],
    ['Column(text())', 24, 3],
    ["Entity('others')", 22, 1],
  ])
})
