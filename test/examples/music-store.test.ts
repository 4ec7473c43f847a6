// The example does what its README and its workflow say: their commands are run, one after the other, on a fresh database.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type TestDatabase, withDatabase } from '../support/database.js'
import { musicStore } from './music-store-copy.js'

const example = musicStore()
const database = withDatabase()
const slow = 240_000

async function succeed(line: string, { url }: TestDatabase, environment: Readonly<Record<string, string>> = {}) {
  const result = await example().run(line, { DATABASE_URL: url, ...environment })
  expect(result.code, `${line}\n${result.stdout}\n${result.stderr}`).toBe(0)
  return result
}

const count = async ({ client }: TestDatabase, table: string): Promise<number> =>
  Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n)

/** The lines of the ```sh blocks. */
const commandsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n'))

describe('the README', () => {
  test(
    'its commands work in their order, and leave the database in step',
    async () => {
      const store = await database()
      const commands = commandsOf(await example().read('README.md'))
      const { scripts } = JSON.parse(await example().read('package.json')) as { scripts: Record<string, string> }
      for (const script of Object.keys(scripts).filter((name) => name.startsWith('db:')))
        expect(commands.some((line) => line.startsWith(`npm run ${script}`))).toBe(true)
      // The copy is what `npm install` leaves.
      for (const line of commands.filter((command) => command !== 'npm install')) await succeed(line, store)
      expect((await succeed('npm run db:check', store)).stdout).toContain('In step')
      expect(await count(store, 'tracks')).toBe(0)
    },
    slow,
  )
})

describe('the scripts', () => {
  test(
    'migrate, seed and check; again, and nothing changes',
    async () => {
      const store = await database()
      const early = await example().run('npm run db:seed', { DATABASE_URL: store.url })
      expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run db:migrate') })
      expect((await example().run('npm run db:check', { DATABASE_URL: store.url })).code).toBe(3)
      await succeed('npm run db:migrate', store)
      expect((await succeed('npm run db:seed', store)).stdout).toContain('The store is filled.')
      expect((await succeed('npm run db:seed', store)).stdout).toContain('has rows already')
      expect(await count(store, 'tracks')).toBe(3)
      expect(await count(store, 'sales_by_genre')).toBe(2)
      expect((await succeed('npm run db:migrate', store)).stdout).toContain('In step')
      expect((await succeed('npm run db:check', store)).stdout).toContain('In step')
      await store.client.query("insert into tracks (name, media_type_id, milliseconds) values ('Pata Pata', 1, 180000)")
      expect((await store.client.query('select max(id) as id from tracks')).rows).toEqual([{ id: 4 }])
    },
    slow,
  )

  test(
    'drop and reset: refused in production and without an answer, done with one',
    async () => {
      const store = await database()
      await succeed('npm run db:create', store)
      await succeed('npm run db:seed', store)
      for (const script of ['db:drop', 'db:reset']) {
        const inProduction = await example().run(`npm run ${script} -- --yes --allow data-loss`, {
          DATABASE_URL: store.url,
          NODE_ENV: 'production',
        })
        expect(inProduction).toMatchObject({ code: 3, stderr: expect.stringContaining('FORBIDDEN_HERE') })
        const unanswered = await example().run(`npm run ${script}`, { DATABASE_URL: store.url })
        expect(unanswered).toMatchObject({ code: 3, stderr: expect.stringContaining('--allow data-loss') })
      }
      expect(await count(store, 'tracks')).toBe(3)
      await succeed('npm run db:drop -- --yes --allow data-loss', store)
      const { rows } = await store.client.query(
        "select relname from pg_class where relnamespace = 'public'::regnamespace union all select proname from pg_proc where pronamespace = 'public'::regnamespace",
      )
      expect(rows).toEqual([])
    },
    slow,
  )
})

test(
  'the workflow: its steps work on an empty database',
  async () => {
    const store = await database()
    const workflow = await example().read('.github/workflows/migrate.yml')
    const steps = [...workflow.matchAll(/^\s+(?:- )?run: (.+)$/gm)].map(([, line = '']) => line)
    expect(steps.join('\n')).toContain('npx lockstep check')
    const summary = join(example().folder, 'summary.md')
    for (const line of steps.filter((step) => step !== 'npm ci'))
      await succeed(line, store, { CI: 'true', GITHUB_STEP_SUMMARY: summary })
    expect(await readFile(summary, 'utf8')).toContain("Create table 'tracks'")
  },
  slow,
)

test(
  'it compiles under the standard decorators, scripts and configuration included',
  async () => {
    const sources = fileURLToPath(new URL('../../src/', import.meta.url))
    const config = {
      extends: './tsconfig.json',
      compilerOptions: { paths: { 'lockstep-pg': [join(sources, 'index.ts')] } },
      include: ['src', 'scripts/*.ts', 'lockstep.config.ts', join(sources, '**/*.d.ts')],
    }
    await writeFile(join(example().folder, 'tsconfig.test.json'), JSON.stringify(config))
    const { code, stdout } = await example().run('npx tsc -p tsconfig.test.json')
    expect(stdout).toBe('')
    expect(code).toBe(0)
  },
  slow,
)
