// Files that `generate` writes for real histories: node --import tsx bench/histories.ts <server url> <folder of histories> [part of a name]
// A history is a folder of schemas; each step becomes a file that runs up, down and up again, and the database equals the next state.
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildScratchDatabase } from '../src/context/scratch-database.js'
import { type DatabaseClient, DbSchemaManager, LockstepError, PgClient } from '../src/index.js'
import { generateMigration } from '../src/migrations/generate/generate.js'
import { MigrationManager } from '../src/migrations/index.js'
import { stateText } from '../src/migrations/reading.js'

const [url = '', corpus = '', only = ''] = process.argv.slice(2)
const server = new PgClient(url)
const form = process.env.FORM === 'sql' ? 'sql' : 'mjs'

const short = (error: unknown): string =>
  (error instanceof LockstepError ? `${error.code} ${error.message}` : String((error as Error)?.stack)).slice(0, 1500)

function apart(wanted: string, found: string): void {
  if (wanted === found) return
  const [left, right] = [wanted.split('\n'), found.split('\n')]
  const lines = [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
  ]
  throw new Error(`${lines.length} lines differ:\n${lines.slice(0, 6).join('\n').slice(0, 1200)}`)
}

interface Figures {
  steps: number
  readonly failed: string[]
  calls: number
  applied: number
}

async function step(
  file: string,
  directory: string,
  client: DatabaseClient,
  manager: MigrationManager,
  figures: Figures,
): Promise<string> {
  const desired = await buildScratchDatabase({
    target: server,
    files: [{ name: file, text: await readFile(file, 'utf8') }],
  })
  try {
    const started = performance.now()
    const source = { type: 'database', client: desired.client, label: file } as const
    const made = await generateMigration({
      settings: { directory, extension: form },
      name: 'step',
      desired: source,
      target: server,
      schema: { undeclared: 'drop', schemas: 'all' },
      now: new Date(Date.UTC(2025, 0, 1, 0, figures.steps)),
      onNote: (message) => console.log(message),
    })
    const generated = Math.round(performance.now() - started)
    const before = await stateText(client)
    await manager.migrate()
    const left = await new DbSchemaManager(client, source, { undeclared: 'drop', schemas: 'all' }).analyze()
    if (left.length > 0) throw new Error(`left after up: ${JSON.stringify(left).slice(0, 800)}`)
    const after = await stateText(client)
    await manager.rollback({ steps: 1 })
    apart(before, await stateText(client))
    await manager.migrate()
    apart(after, await stateText(client))
    const text = await readFile(made.file, 'utf8')
    const calls = text.match(/^ {2}await schema\.\w+/gm)?.length ?? 0
    const applied = text.match(/^ {2}await schema\.apply\(/gm)?.length ?? 0
    figures.calls += calls
    figures.applied += applied
    return `ok: ${made.up.length} up, ${made.down.length} down, ${applied} of ${calls} calls are apply(), ${generated} ms`
  } finally {
    await desired.dispose()
  }
}

for (const history of (await readdir(corpus)).filter((name) => name.includes(only)).sort()) {
  const figures: Figures = { steps: 0, failed: [], calls: 0, applied: 0 }
  await mkdir('.lockstep', { recursive: true })
  const directory = await mkdtemp(join(process.cwd(), '.lockstep', 'history-'))
  const target = await buildScratchDatabase({ target: server, files: [] })
  const manager = new MigrationManager({ client: target.client, directory, lazy: true, timeout: 0 })
  try {
    for (const file of (await readdir(join(corpus, history))).sort()) {
      figures.steps++
      try {
        const said = await step(join(corpus, history, file), directory, target.client, manager, figures)
        console.log(`${history}/${file}: ${said}`)
      } catch (error) {
        figures.failed.push(file)
        console.log(`${history}/${file}: FAILED ${short(error)}`)
      }
    }
    console.log(JSON.stringify({ history, ...figures }))
  } finally {
    await target.dispose()
    await rm(directory, { recursive: true, force: true })
  }
}
await server.end()
