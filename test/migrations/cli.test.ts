// The commands `migration:*` as a user runs them: create, generate, up, status, down, history, validate, check.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtProgram } from '../cli/support/built-program.js'
import { inTerminal } from '../cli/support/terminal.js'
import { withDatabase } from '../support/database.js'
import { write } from './support.js'

const program = builtProgram()
const database = withDatabase()

const config = `
import { defineConfig } from 'lockstep-pg'
export default defineConfig({ context: './database.ts', migrations: { directory: './migrations' }, environments: { production: { protected: true } } })
`
const model = (more = '') => `
import { DbContext, integer, text, varchar, enumType, sql, Entity, PrimaryKey, Column, Index, Check, ForeignKey } from 'lockstep-pg'
const state = enumType('state', ['open', 'done'])
@Entity('users')
@Index(['email'], { unique: true, where: sql\`email <> ''\` })
@Check('named', sql\`length(name) > 0\`)
export class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(100), { default: 'x' }) name!: string
  @Column(text()) email!: string
  ${more}
}
@Entity('posts')
export class Post {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) userId!: number
  @Column(state, { default: 'open' }) state!: 'open' | 'done'
}
export default class Db extends DbContext {
  get users() { return this.table(User) }
  get posts() { return this.table(Post) }
}
`

test('a project from its first migration to its second, and back', async () => {
  const { url, client } = await database()
  const cwd = await program().project({
    'lockstep.config.ts': config,
    'database.ts': model(),
    'package.json': '{"type":"module"}',
  })
  const run = async (...args: readonly string[]) => program().run([...args, '--url', url], { cwd })
  const json = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await run(...args, '--json')
    return { code, stderr, ...(JSON.parse(stdout) as { file: string; history: unknown[]; inStep: boolean }) }
  }

  const first = await json('migration:generate', 'first')
  expect(first, first.stderr).toMatchObject({ code: 0 })
  const file = join(cwd, first.file)
  const text = await readFile(file, 'utf8')
  expect(text).toContain("await schema.createTable('users', (t) => {")
  expect(text).toContain("t.varchar('name', 100).notNull().default('x')")
  expect(text).not.toContain('apply(')

  const dry = await run('migration:up', '--dry-run')
  expect([dry.code, dry.stdout], dry.stderr).toEqual([0, expect.stringContaining("Create table 'users'")])
  expect(await client.query("select 1 from pg_class where relname = 'users'")).toMatchObject({ rowCount: 0 })
  expect(await json('migration:up')).toMatchObject({ code: 0, success: true, executed: [{ name: 'first' }] })
  expect((await run('migration:status')).stdout).toMatch(/first +applied +\d{4}-\d\d-\d\d .* 1 +\d+ ms +yes/)

  await write(cwd, { 'database.ts': model("@Column(varchar(20), { renamedFrom: 'tel', default: '' }) phone!: string") })
  const second = await json('migrate:generate', 'add phone', '--ext', 'sql')
  expect(await readFile(join(cwd, second.file), 'utf8')).toContain('add column "phone"')
  expect(await readdir(join(cwd, 'migrations'))).toHaveLength(3)
  expect(await json('migrate:up')).toMatchObject({ code: 0, executed: [{ name: 'add phone' }] })
  await client.query('alter table users add column stray int')
  const drift = await json('check', '--migrations')
  expect(drift).toMatchObject({
    code: 3,
    migrations: {
      model: { inStep: true },
      database: { inStep: false, steps: [{ description: "Drop column 'users.stray'" }] },
    },
  })
  await client.query('alter table users drop column stray')

  expect((await run('migration:down', '--env', 'production')).code).toBe(3)
  expect(await json('migration:down')).toMatchObject({ code: 0, executed: [{ name: 'add phone' }] })
  expect(await json('migration:down', '--all')).toMatchObject({ code: 0, executed: [{ name: 'first' }] })
  expect(await client.query("select 1 from pg_class where relname = 'users'")).toMatchObject({ rowCount: 0 })
  const history = await json('migration:history', '--limit', '3')
  expect(history.history).toHaveLength(3)
  expect(await json('migration:validate', '--strict', '--round-trip')).toMatchObject({
    code: 0,
    valid: true,
    roundTrip: { checked: 2 },
  })
  await write(cwd, {
    'migrations/99990101000000_data.mjs':
      "export async function up(schema) { for (let n = 1; n <= 4; n++) { await schema.query('select pg_sleep(0.3)'); schema.progress(n, 4) } }\nexport async function down(schema) { for (let n = 1; n <= 2; n++) { await schema.query('select pg_sleep(0.3)'); schema.progress(n, 2) } }\n",
  })
  const main = join(program().dist, 'cli', 'main.js')
  const terminal = inTerminal([main, 'migration:up', '--url', url], { cwd })
  await terminal.until('██████████░░░░░░░░░░ 50% (2/4)')
  expect(await terminal.exited).toBe(0)
  expect(terminal.text()).toMatch(/✓ \[3\/3\] 99990101000000_data: \d+ ms\n.*Applied 3 migrations/)
  expect(terminal.raw()).toContain('\u001b[32m✓')

  const narrow = inTerminal([main, 'migration:down', '--steps', '1', '--url', url], {
    cwd,
    columns: 40,
    env: { NO_COLOR: '1' },
  })
  await narrow.until('[1/1] 9999010…0_data: 50% (1/2) 0.')
  expect(await narrow.exited).toBe(0)
  expect(narrow.raw()).not.toContain('\u001b[3')
  expect(
    Math.max(
      ...narrow
        .text()
        .split(/[\r\n]/)
        .map((line) => line.length),
    ),
  ).toBeLessThan(40)
  expect(narrow.text()).toMatch(/↩ \[1\/1\] 99990101000000_data: \d+ ms\n/)
  expect((await run('migration:up')).stderr).toMatch(/_data: 1\/4\n(.*\n)*.*_data: 4\/4\n✓ \[1\/1\]/)
  expect(await json('migration:up', 'nosuch')).toMatchObject({ code: 1, error: { code: 'MIGRATION_NOT_FOUND' } })
  expect(await json('migration:up', '--to', 'x')).toMatchObject({ code: 2, error: { code: 'USAGE' } })
}, 180_000)
