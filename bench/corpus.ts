// Real schemas and pairs, up and down: node --import tsx bench/corpus.ts <server url> <corpus folder> [part of a name]
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildScratchDatabase, type ScratchDatabase } from '../src/context/scratch-database.js'
import { allow, DbSchemaManager, LockstepError, PgClient } from '../src/index.js'

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
const build = (file: string | undefined): Promise<ScratchDatabase> =>
  buildScratchDatabase({
    target: server,
    files: file === undefined ? [] : [{ name: file, text: readFileSync(file, 'utf8') }],
  })

const short = (error: unknown): string =>
  (error instanceof LockstepError
    ? `${error.code} ${error.message.split('\n').slice(0, 3).join(' | ')}`
    : String(error)
  ).slice(0, 400)
const totals = { pairs: 0, complete: 0, blocked: 0, refused: 0, unfinished: 0, failed: 0 }

async function run(pair: Pair): Promise<string> {
  for (const role of pair.roles)
    await server.query(`do $$ begin create role ${role}; exception when duplicate_object then null; end $$`)
  const made: ScratchDatabase[] = []
  try {
    const target = await build(pair.from)
    made.push(target)
    const desired = await build(pair.to)
    made.push(desired)
    const source =
      pair.to === undefined
        ? ({ type: 'empty' } as const)
        : ({ type: 'database', client: desired.client, label: pair.to } as const)
    const manager = () => new DbSchemaManager(target.client, source, { undeclared: 'drop' })
    const started = performance.now()
    const report = await manager().migrate({ confirm: allow('data-loss') })
    const left = await manager().analyze()
    await target.client.script('drop schema if exists lockstep cascade')
    const without = await manager().analyze()
    const figures = `${report.steps.length} steps, ${report.plan.blocked.length} blocked, ${report.plan.notManaged.length} not managed, ${Math.round(performance.now() - started)} ms`
    if (left.length > 0 || without.length > 0) {
      totals.unfinished++
      return `AGAIN ${left.length} with ledger, ${without.length} without: ${JSON.stringify([...left, ...without][0])?.slice(0, 400)}; ${figures}`
    }
    totals[report.plan.blocked.length > 0 ? 'blocked' : 'complete']++
    return `ok ${figures}`
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
await server.end()
