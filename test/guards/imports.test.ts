// Who may import whom. An exception stands here by name, with its reason, or not at all.
import { describe, expect, test } from 'vitest'
import { areaOf, type Import, isOwn, packageOf, sources } from './support/sources.js'

/** Below src: folder → the folders that it may import; `type` only as a type. `errors.ts` is everybody's, and so is the own folder. */
const allowed: Readonly<Record<string, Readonly<Record<string, 'value' | 'type'>>>> = {
  sql: {},
  model: { sql: 'value' },
  engine: { sql: 'value', model: 'type' },
  objects: { engine: 'value', sql: 'value', model: 'type' },
  client: {},
  catalog: { engine: 'value', sql: 'value', client: 'type' },
  execute: { engine: 'value', sql: 'value', catalog: 'value', client: 'type' },
  context: {
    catalog: 'value',
    execute: 'value',
    client: 'value',
    objects: 'value',
    engine: 'value',
    model: 'value',
    sql: 'value',
  },
  migrations: {
    context: 'value',
    catalog: 'value',
    execute: 'value',
    client: 'value',
    objects: 'value',
    engine: 'value',
    model: 'value',
    sql: 'value',
  },
  terminal: { catalog: 'value', execute: 'value', client: 'value', migrations: 'type', engine: 'value', sql: 'value' },
}
const edges = new Set(['cli', 'http', 'testing', 'terminal'])

/** `from → to` pairs that the table does not cover. */
const exceptions: Readonly<Record<string, string>> = {
  'index.ts → cli/config.ts': 'defineConfig is public and loads nothing of the program',
  'sql/expression-tools.ts → engine/ports.ts': 'the type of the port that it implements',
  'context/db-context.ts → migrations/manager.ts': 'db.migrations: a context has its file migrations at hand',
  'context/options.ts → migrations/settings.ts': 'the type of their options',
  'objects → model/naming.ts': "PostgreSQL's default names, to tell those that were given; pure functions",
  'objects → model/expression-name.ts': 'the same',
  'objects → model/source-line.ts': 'where a factory was called; it only keeps the stack',
  'objects → model/declared-text.ts': 'what factories take as names and SQL; pure functions',
  'objects → model/further-indexes.ts': 'indexes as the model keeps them, for factories of relations; pure functions',
  'objects → model/column-types.ts': 'factories of types make column types',
}

function forbidden(path: string, area: string, { from, typeOnly, dynamic }: Import): boolean {
  const to = areaOf(from)
  if (from === 'errors.ts' || to === area) return false
  // The public surface names things of every stage, none of an edge.
  if (path === 'index.ts') return edges.has(to)
  // To be shown text without a terminal at hand, the program renders; prompts come by import() like everywhere.
  if (to === 'terminal') return !(dynamic && area !== '') && area !== 'cli'
  if (edges.has(to)) return true
  if (area === 'cli' || area === 'http' || area === 'testing') return false
  const how = allowed[area]?.[to]
  return how === undefined || (how === 'type' && !typeOnly)
}

describe('imports between folders', () => {
  const found = sources.flatMap(({ path, area, imports }) =>
    imports
      .filter((one) => isOwn(one.from) && forbidden(path, area, one))
      .map((one) => ({
        path,
        pair: `${`${area} → ${one.from}` in exceptions ? area : path} → ${one.from}`,
        line: one.line,
      })),
  )

  test('follow the diagram', () => {
    const named = found
      .filter(({ pair }) => !(pair in exceptions))
      .map(({ path, pair, line }) => `${pair} (${path}:${line})`)
    expect(named).toEqual([])
  })

  test('no exception is left over', () => {
    const pairs = new Set(found.map(({ pair }) => pair))
    expect(Object.keys(exceptions).filter((pair) => !pairs.has(pair))).toEqual([])
  })

  test('of the model, the engine knows one file', () => {
    const known = sources
      .filter(({ area }) => area === 'engine')
      .flatMap(({ imports }) => imports.map(({ from }) => from))
    expect([...new Set(known.filter((from) => areaOf(from) === 'model'))]).toEqual(['model/model-config.ts'])
  })

  test('only tables import other kinds', () => {
    const folders = (path: string) => path.split('/').slice(0, 2).join('/')
    const pairs = sources
      .filter(({ path, area }) => area === 'objects' && path.split('/').length > 2)
      .flatMap(({ path, imports }) => imports.map((one) => [folders(path), one.from] as const))
      .filter(([from, to]) => to.startsWith('objects/') && to.split('/').length > 2 && folders(to) !== from)
      .map(([from, to]) => `${from} → ${folders(to)}`)
    expect([...new Set(pairs)].sort()).toEqual([
      'objects/tables → objects/columns',
      'objects/tables → objects/constraints',
    ])
  })

  test('lead back to no file, types included', () => {
    const byPath = new Map(sources.map((source) => [source.path, source.imports]))
    const clear = new Set<string>()
    const visit = (path: string, way: readonly string[]): readonly string[] => {
      if (way.includes(path)) return [[...way.slice(way.indexOf(path)), path].join(' → ')]
      if (clear.has(path)) return []
      const circles = (byPath.get(path) ?? []).flatMap(({ from }) => (isOwn(from) ? visit(from, [...way, path]) : []))
      clear.add(path)
      return circles
    }
    expect(sources.flatMap(({ path }) => visit(path, []))).toEqual([])
  })

  test('the registry is imported in few places', () => {
    const importers = sources.filter(({ imports }) => imports.some(({ from }) => from === 'objects/registry.ts'))
    expect(importers.map(({ path }) => path)).toEqual([
      'context/schema-manager.ts',
      'index.ts',
      'migrations/operations.ts',
    ])
  })
})

describe('packages of others', () => {
  const importers = new Map<string, { readonly path: string; readonly imports: readonly Import[] }[]>()
  for (const { path, imports } of sources) {
    for (const name of new Set(imports.filter(({ from }) => !isOwn(from)).map(({ from }) => packageOf(from)))) {
      if (name.startsWith('node:')) continue
      const list = importers.get(name) ?? []
      list.push({ path, imports: imports.filter(({ from }) => packageOf(from) === name) })
      importers.set(name, list)
    }
  }

  test('each has one importing file', () => {
    expect(
      Object.fromEntries([...importers].sort().map(([name, list]) => [name, list.map(({ path }) => path)])),
    ).toEqual({
      '@electric-sql/pglite': ['client/pglite-client.ts'],
      '@swc/core': ['cli/load/swc.ts'],
      'cli-table3': ['terminal/tables.ts'],
      commander: ['cli/commander.ts'],
      inquirer: ['terminal/prompts.ts'],
      pg: ['client/pg-client.ts'],
      'pg-query-emscripten': ['sql/parser.ts'],
      picocolors: ['terminal/colors.ts'],
      'reflect-metadata': ['model/metadata-store.ts'],
    })
  })

  test.for(['@electric-sql/pglite', 'pg-query-emscripten'])('%s is imported by import()', (name) => {
    const values = importers.get(name)?.flatMap(({ imports }) => imports.filter(({ typeOnly }) => !typeOnly))
    expect(values?.length).toBeGreaterThan(0)
    expect(values?.every(({ dynamic }) => dynamic)).toBe(true)
  })

  test('prompts, and inquirer with them, are imported by import()', () => {
    const uses = sources.flatMap(({ path, imports }) =>
      imports.filter(({ from }) => from === 'terminal/prompts.ts').map((one) => ({ path, ...one })),
    )
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter(({ dynamic, typeOnly }) => !dynamic && !typeOnly)).toEqual([])
  })

  test('importing the library loads pg and reflect-metadata, nothing else', () => {
    const byPath = new Map(sources.map((source) => [source.path, source]))
    const reached = new Set<string>()
    const packages = new Set<string>()
    const visit = (path: string): void => {
      if (reached.has(path)) return
      reached.add(path)
      for (const { from, typeOnly, dynamic } of byPath.get(path)?.imports ?? []) {
        if (typeOnly || dynamic) continue
        if (isOwn(from)) visit(from)
        else if (!from.startsWith('node:')) packages.add(packageOf(from))
      }
    }
    visit('index.ts')
    expect([...packages].sort()).toEqual(['pg', 'reflect-metadata'])
    expect([...reached].filter((path) => path.startsWith('terminal/'))).toEqual([])
  })
})
