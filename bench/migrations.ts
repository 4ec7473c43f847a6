// File migrations beside `psql -1` of the same statements, and beside other tools in the same run.
// npm run bench:migrations                                 an embedded server, 500 pending migrations, `status` with 5,000 applied
// npm run bench:migrations -- <server url> 500 5000 knex   a server of yours, amounts, only tools with this in their names
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PgClient } from '../src/index.js'
import { startServer } from '../test/support/server.js'
import { forms, type Load, script, writeFolder } from './migrations/folders.js'
import { peersFolder } from './migrations/peers.js'

const run = promisify(execFile)
const [given, pending = '500', applied = '5000', only = ''] = process.argv.slice(2)
const rounds = Number(process.env.ROUNDS ?? 3)
const tools = Object.keys(forms).filter((name) => name.includes(only))
const tool = fileURLToPath(new URL('./migrations/tool.mjs', import.meta.url))

interface Measured {
  /** Of the call alone. */
  readonly call: number
  /** Of the process, from its start to its end. */
  readonly whole: number
  readonly amount: number
}

/** What the tool takes when nothing else runs: other work on the machine only ever adds. */
const best = (values: readonly number[]): number => Math.min(...values)

async function fresh(server: PgClient, url: string): Promise<string> {
  const name = `lockstep_bench_${process.pid}`
  await server.query(`drop database if exists ${name} with (force)`)
  await server.query(`create database ${name}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  return target.href
}

async function measure(command: string, parameters: readonly string[]): Promise<Measured> {
  const started = performance.now()
  const { stdout } = await run(command, parameters, { maxBuffer: 1 << 28 })
  const whole = performance.now() - started
  if (command !== process.execPath) return { call: whole, whole, amount: 0 }
  const { milliseconds, amount } = JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Record<string, number>
  return { call: milliseconds ?? 0, whole, amount: amount ?? 0 }
}

function show(title: string, rows: readonly (readonly [name: string, measured: readonly Measured[]])[]): void {
  console.log(`\n${title}\n`)
  const floor = best(rows[0]?.[1].map((one) => one.whole) ?? [])
  const line = (cells: readonly string[]) =>
    console.log(cells.map((cell, at) => (at ? cell.padStart(12) : cell.padEnd(20))).join(''))
  line(['', 'call, ms', 'to psql', 'process, ms', 'to psql'])
  for (const [name, measured] of rows) {
    const values = [best(measured.map((one) => one.call)), best(measured.map((one) => one.whole))]
    line([name, ...values.flatMap((value) => [value.toFixed(0), (value / floor).toFixed(2)])])
  }
}

const embedded =
  given === undefined ? await startServer({ settings: { fsync: 'on', full_page_writes: 'on' } }) : undefined
const url = embedded?.url ?? (given as string)
const server = new PgClient(url)
const peers = peersFolder()
// Beside their node_modules, where the files of the tools find what they import.
const home = await mkdtemp(join(peers, 'run-'))
await mkdir(join(home, 'node_modules'))
await symlink(fileURLToPath(new URL('..', import.meta.url)), join(home, 'node_modules', 'lockstep-pg'), 'dir')

async function folderOf(name: string, amount: number, load: Load): Promise<string> {
  const folder = join(home, `${load}-${name.replace(/\W+/g, '_')}`)
  await writeFolder(folder, name, amount, load)
  return folder
}

const toolCall = (name: string, action: 'up' | 'status', target: string, folder: string): Promise<Measured> =>
  measure(process.execPath, [tool, name, action, target, folder, peers])

async function ups(amount: number): Promise<void> {
  const file = join(home, 'all.sql')
  await writeFile(file, script(amount, 'tables'))
  const rows = new Map<string, Measured[]>([['psql -1', []], ...tools.map((name): [string, Measured[]] => [name, []])])
  for (let round = 0; round < rounds; round++) {
    for (const [name, measured] of rows) {
      const target = await fresh(server, url)
      const one =
        name === 'psql -1'
          ? await measure('psql', ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', file, target])
          : await toolCall(name, 'up', target, await folderOf(name, amount, 'tables'))
      if (name !== 'psql -1' && one.amount !== amount) throw new Error(`${name} ran ${one.amount} of ${amount}.`)
      measured.push(one)
    }
  }
  show(`${amount} pending migrations, a table and an index each (best of ${rounds})`, [...rows])
}

async function statuses(amount: number): Promise<void> {
  const rows: [string, Measured[]][] = []
  for (const name of tools.filter((one) => one !== 'lockstep, builder')) {
    const target = await fresh(server, url)
    const folder = await folderOf(name, amount, 'nothing')
    await toolCall(name, 'up', target, folder)
    if (rows.length === 0) {
      const journal = name.startsWith('lockstep') ? 'lockstep.migration' : 'pg_class'
      const measured: Measured[] = []
      for (let round = 0; round < rounds; round++)
        measured.push(await measure('psql', ['-X', '-q', '-c', `select * from ${journal}`, target]))
      rows.push(['psql, the journal', measured])
    }
    const measured: Measured[] = []
    for (let round = 0; round < rounds; round++) measured.push(await toolCall(name, 'status', target, folder))
    rows.push([name, measured])
  }
  show(`status with ${amount} applied migrations (best of ${rounds})`, rows)
}

try {
  const { rows } = await server.query<{ version: string }>('select version() as version')
  console.log(`${rows[0]?.version.split(' on ')[0]}, Node ${process.versions.node}`)
  await ups(Number(pending))
  await statuses(Number(applied))
} finally {
  await server.query(`drop database if exists lockstep_bench_${process.pid} with (force)`).catch(() => undefined)
  await server.end()
  await embedded?.stop()
  await rm(home, { recursive: true, force: true })
}
