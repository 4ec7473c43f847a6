// Real schemas and pairs, up and down: node --import tsx bench/corpus.ts <server url> <corpus folder> [part of a name]
// Each is migrated, analysed again with and without the ledger, and compared by an independent witness, at need after dump and restore.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildScratchDatabase, type ScratchDatabase } from '../src/context/scratch-database.js'
import { allow, type DatabaseClient, DbSchemaManager, LockstepError, PgClient } from '../src/index.js'

const [url = '', corpus = '', only = ''] = process.argv.slice(2)

interface Pair {
  readonly name: string
  /** undefined: an empty database. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly roles: readonly string[]
}

const list = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

function* pairs(): Generator<Pair> {
  for (const file of list(join(corpus, 'schemas'))) {
    const to = join(corpus, 'schemas', file)
    yield { name: `schemas/${file} from nothing`, from: undefined, to, roles: [] }
    yield { name: `schemas/${file} to nothing`, from: to, to: undefined, roles: [] }
  }
  for (const suite of list(join(corpus, 'pairs'))) {
    for (const name of list(join(corpus, 'pairs', suite))) {
      const folder = join(corpus, 'pairs', suite, name)
      const meta = existsSync(join(folder, 'meta.json'))
        ? (JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as { roles?: string[] })
        : {}
      const [old, next] = [join(folder, 'old.sql'), join(folder, 'new.sql')]
      yield { name: `${suite}/${name} up`, from: old, to: next, roles: meta.roles ?? [] }
      yield { name: `${suite}/${name} down`, from: next, to: old, roles: meta.roles ?? [] }
    }
  }
  for (const suite of list(join(corpus, 'histories'))) {
    const files = list(join(corpus, 'histories', suite)).map((file) => join(corpus, 'histories', suite, file))
    for (const [index, file] of files.entries()) {
      const before = files[index - 1]
      if (before === undefined) continue
      yield { name: `${suite} ${index - 1} → ${index}`, from: before, to: file, roles: [] }
      yield { name: `${suite} ${index} → ${index - 1}`, from: file, to: before, roles: [] }
    }
  }
}

const server = new PgClient(url)
/** A `setup.sql` beside the file goes before it. */
function build(file: string | undefined): Promise<ScratchDatabase> {
  const files = file === undefined ? [] : [join(dirname(file), 'setup.sql'), file].filter((one) => existsSync(one))
  return buildScratchDatabase({
    target: server,
    files: files.map((name) => ({ name, text: readFileSync(name, 'utf8') })),
  })
}

const short = (error: unknown): string =>
  (error instanceof LockstepError
    ? `${error.code} ${error.message.split('\n').slice(0, 3).join(' | ')}`
    : String(error)
  ).slice(0, 400)
const totals = { pairs: 0, complete: 0, blocked: 0, differs: 0, refused: 0, unfinished: 0, unloaded: 0, failed: 0 }
const byKind = new Map<string, number>()
const unmanaged = new Map<string, number>()
const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1)

const witness = readFileSync(fileURLToPath(new URL('../test/support/witness.sql', import.meta.url)), 'utf8')
async function witnessed(client: DatabaseClient): Promise<readonly string[]> {
  const results = await client.script(`begin read only; set local search_path = ''; ${witness}; commit`)
  return results.find((result) => result.fields[0] === 'line')?.rows.map(([line]) => line ?? '') ?? []
}
/** Lines that only one of both has. */
const apart = (a: readonly string[], b: readonly string[]): readonly string[] => [
  ...a.filter((line) => !b.includes(line)).map((line) => `- ${line}`),
  ...b.filter((line) => !a.includes(line)).map((line) => `+ ${line}`),
]

const urlOf = (name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href
const nameOf = async (client: DatabaseClient): Promise<string> =>
  (await client.query<{ name: string }>('select current_database() as name')).rows[0]?.name ?? ''

/** The witness of a database that went once through pg_dump and psql. */
async function restored(client: DatabaseClient): Promise<readonly string[]> {
  const dump = spawnSync('pg_dump', ['--schema-only', '--exclude-schema=lockstep', urlOf(await nameOf(client))], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const copy = await build(undefined)
  try {
    const loaded = spawnSync('psql', ['-q', '-X', urlOf(await nameOf(copy.client))], { input: dump.stdout })
    if (dump.status !== 0 || loaded.status !== 0) throw new Error(dump.stderr || String(loaded.stderr))
    return await witnessed(copy.client)
  } finally {
    await copy.dispose()
  }
}

async function rowsOf(client: DatabaseClient): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ name: string; count: string }>(
    `select c.oid::regclass::text as name, (xpath('//c/text()', query_to_xml(format('select count(*) as c from only %s', c.oid::regclass), false, true, '')))[1]::text as count
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'lockstep')`,
  )
  return new Map(rows.map((row) => [row.name, Number(row.count)]))
}

async function run(pair: Pair): Promise<string> {
  for (const role of pair.roles)
    await server.query(`do $$ begin create role ${role}; exception when duplicate_object then null; end $$`)
  const made: ScratchDatabase[] = []
  const load = async (file: string | undefined) => {
    const one = await build(file)
    made.push(one)
    return one
  }
  try {
    let target: ScratchDatabase
    let desired: ScratchDatabase
    try {
      target = await load(pair.from)
      desired = await load(pair.to)
    } catch (error) {
      totals.unloaded++
      return `does not load: ${short(error)}`
    }
    const source =
      pair.to === undefined
        ? ({ type: 'empty' } as const)
        : ({ type: 'database', client: desired.client, label: pair.to } as const)
    // As `diff` compares: all schemas of both sides.
    const manager = () => new DbSchemaManager(target.client, source, { undeclared: 'drop', schemas: 'all' })
    const rows = await rowsOf(target.client)
    const started = performance.now()
    const report = await manager().migrate({ confirm: allow('data-loss') })
    const milliseconds = Math.round(performance.now() - started)
    const left = await manager().analyze()
    await target.client.script('drop schema if exists lockstep cascade')
    const without = await manager().analyze()
    for (const { object } of report.plan.steps) count(byKind, object.kind)
    for (const { object } of report.plan.notManaged) count(unmanaged, object.kind)
    const lossy = new Set(
      report.plan.steps.flatMap((step) =>
        step.risks.some((risk) => risk.level === 'data-loss') ? [step.object.table ?? step.object.name] : [],
      ),
    )
    const after = await rowsOf(target.client)
    const lost = [...rows].filter(([name, count]) => {
      const bare = name.replace(/^.*\./, '').replaceAll('"', '')
      return (after.get(name) ?? 0) < count && !lossy.has(bare)
    })
    const figures = `${report.steps.length} steps, ${report.plan.blocked.length} blocked, ${report.plan.notManaged.length} not managed, ${milliseconds} ms`
    if (left.length > 0 || without.length > 0) {
      totals.unfinished++
      return `AGAIN ${left.length} with ledger, ${without.length} without: ${JSON.stringify([...left, ...without][0])?.slice(0, 400)}; ${figures}`
    }
    if (lost.length > 0) {
      totals.failed++
      return `LOST ROWS of ${lost.map(([name]) => name).join(', ')}; ${figures}`
    }
    if (report.plan.blocked.length > 0) {
      totals.blocked++
      return `blocked ${figures}`
    }
    let differences = apart(await witnessed(desired.client), await witnessed(target.client))
    if (differences.length > 0) differences = apart(await restored(desired.client), await restored(target.client))
    totals[differences.length > 0 ? 'differs' : 'complete']++
    return differences.length > 0
      ? `DIFFERS in ${differences.length} lines, ${figures}\n    ${differences
          .slice(0, 6)
          .map((line) => line.slice(0, 300))
          .join('\n    ')}`
      : `ok ${figures}`
  } catch (error) {
    const refused = error instanceof LockstepError && ['BLOCKED_BY_UNMANAGED', 'NAME_TAKEN'].includes(error.code)
    totals[refused ? 'refused' : 'failed']++
    return `${refused ? 'refused' : 'FAILED'} ${short(error)}`
  } finally {
    for (const one of made) await one.dispose()
  }
}

for (const pair of pairs()) {
  if (!pair.name.includes(only)) continue
  totals.pairs++
  console.log(`${pair.name}: ${await run(pair)}`)
}
console.log(JSON.stringify(totals))
console.log('steps by kind', JSON.stringify(Object.fromEntries([...byKind].sort())))
console.log('not managed by kind', JSON.stringify(Object.fromEntries([...unmanaged].sort())))
await server.end()
