// The commands on a real server: the main line, refusals, terminals, cancelling, sources, locks.
import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { withDatabase } from '../support/database.js'
import { builtProgram, cleanEnvironment } from './support/built-program.js'
import { inTerminal } from './support/terminal.js'

const program = builtProgram()
const database = withDatabase()

interface Document {
  readonly inStep: boolean
  readonly steps: readonly {
    readonly operation: { readonly type: string }
    readonly description: string
    readonly sql: readonly string[]
    readonly risks: readonly { readonly level: string; readonly code: string; readonly measured: unknown }[]
    readonly transaction: string
    readonly source?: { readonly file: string; readonly line: number }
  }[]
  readonly applied: null | { readonly verified: boolean; readonly steps: readonly { readonly outcome: string }[] }
}

const model = (
  columns: string,
  hook = '',
) => `import { Column, DbContext, type DatabaseClient, type DbEntityTable, Entity, integer, PrimaryKey, text, varchar } from 'lockstep-pg'
@Entity('users')
export class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  ${columns}
}
export default class AppDatabase extends DbContext {
  get users(): DbEntityTable<User> { return this.table(User) }
  ${hook === '' ? '' : `protected override async onMigrationComplete(client: DatabaseClient): Promise<void> { ${hook} }`}
}
`
const before = model(`@Column(varchar(100)) email!: string
  @Column(text(), { nullable: true }) old!: string | null`)
const after = model(`@Column(varchar(200)) email!: string
  @Column(text(), { default: '' }) phone!: string`)

async function app(source: string) {
  const { url, client } = await database()
  const folder = await program().project({ '.env': `DATABASE_URL=${url}\n`, 'src/database.ts': source })
  const run = (...args: readonly string[]) => program().run(args, { cwd: folder })
  const json = async (...args: readonly string[]) => {
    const { code, stdout } = await run(...args, '--json')
    return { code, document: JSON.parse(stdout) as Document }
  }
  const change = (text: string) => writeFile(join(folder, 'src/database.ts'), text)
  return { url, client, folder, run, json, change }
}

test('the main line: plan, migrate, check, change, refused, allowed, in step', async () => {
  const { client, run, json, change } = await app(before)
  expect(await json('check')).toMatchObject({ code: 3, document: { inStep: false, applied: null } })
  const { code, document } = await json('plan')
  expect(code).toBe(0)
  expect(document).toMatchObject({
    format: 1,
    basedOn: expect.stringMatching(/^sha256:/),
    inStep: false,
    questions: [],
    notManaged: [],
    applied: null,
    steps: [
      {
        operation: { type: 'create_table' },
        transaction: 'inside',
        risks: [],
        source: { file: join('src', 'database.ts'), line: 2 },
      },
    ],
  })
  const first = await run('migrate')
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Applied 1 step in \d+ ms; the schema was read back and is in step\.\n$/),
  })
  expect(first.stderr).toMatch(/Pending changes:[\s\S]*✓ \[1\/1\] Create table 'users'/)
  expect(await json('check')).toMatchObject({ code: 0, document: { inStep: true, steps: [] } })
  expect((await run('migrate')).stdout).toBe('In step: nothing was changed.\n')

  await client.query("insert into users (email, old) values ('a', 'x'), ('b', null)")
  await change(after)
  for (const flags of [[], ['--yes'], ['--yes', '--allow', 'may-fail'], ['--allow', 'DROPS_COLUMN:users.email']]) {
    const refused = await run('migrate', ...flags)
    expect(refused).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining("Drop column 'users.old' [DROPS_COLUMN]"),
    })
    expect(refused.stderr).toContain('--allow')
  }
  expect((await json('plan')).document.steps.flatMap((step) => step.risks)).toContainEqual(
    expect.objectContaining({ level: 'data-loss', code: 'DROPS_COLUMN', measured: { rows: 2, values: 1 } }),
  )
  const done = await json('migrate', '--yes', '--allow', 'DROPS_COLUMN:users.old')
  expect(done).toMatchObject({ code: 0, document: { inStep: true, applied: { verified: true } } })
  expect(done.document.applied?.steps.map((step) => step.outcome)).toEqual(done.document.steps.map(() => 'applied'))
  expect(done.document.steps.flatMap((step) => step.risks).every((risk) => 'measured' in risk)).toBe(true)
  expect(await json('check')).toMatchObject({ code: 0 })
})

describe('in a terminal', () => {
  const start = async () => {
    const all = await app(before)
    await all.run('migrate')
    await all.change(after)
    const terminal = inTerminal([join(program().dist, 'cli', 'main.js'), 'migrate'], { cwd: all.folder })
    await terminal.until('Do you want to continue? (y/N)')
    expect(terminal.text()).toMatch(
      /Pending changes:[\s\S]*Warning: this plan is destructive[\s\S]*- Drop column 'users\.old'/,
    )
    return { ...all, terminal }
  }
  test('y applies it; the plan is shown once', async () => {
    const { terminal, run } = await start()
    terminal.type('y\r')
    expect(await terminal.exited).toBe(0)
    expect(terminal.text().split('Pending changes:')).toHaveLength(2)
    expect(terminal.text().split('to continue?').length).toBeGreaterThan(1)
    expect(await run('check')).toMatchObject({ code: 0 })
  })
  test.each([
    ['Enter', '\r'],
    ['Ctrl-C', '\u0003'],
  ])('%s changes nothing: exit 3', async (_name, keys) => {
    const { terminal, run } = await start()
    terminal.type(keys)
    expect(await terminal.exited).toBe(3)
    expect(terminal.text()).toContain('code: REFUSED')
    expect(await run('check')).toMatchObject({ code: 3 })
  })
})

test('Ctrl-C while applying rolls back: exit 1', async () => {
  const { folder, client } = await app(
    model('@Column(text()) name!: string', "await client.query('select pg_sleep(60)')"),
  )
  const child = spawn(process.execPath, [join(program().dist, 'cli', 'main.js'), 'migrate', '--json'], {
    cwd: folder,
    env: cleanEnvironment(),
  })
  let stderr = ''
  let stdout = ''
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString()
  })
  const exited = new Promise<number | null>((done) => child.on('exit', done))
  await new Promise<void>((done) =>
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString()
      if (stderr.includes('[1/1]')) done()
    }),
  )
  await sleep(300)
  child.kill('SIGINT')
  expect(await exited).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'ABORTED' } })
  const { rows } = await client.query("select to_regclass('public.users') as found")
  expect(rows).toEqual([{ found: null }])
})

test('lock-status and unlock', async () => {
  const { folder, run, json } = await app(
    model('@Column(text()) name!: string', "await client.query('select pg_sleep(60)')"),
  )
  expect(await json('lock-status')).toMatchObject({ code: 0, document: { held: false, holder: null } })
  const child = spawn(process.execPath, [join(program().dist, 'cli', 'main.js'), 'migrate'], {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: 'ignore',
  })
  const exited = new Promise<number | null>((done) => child.on('exit', done))
  for (let tries = 0; tries < 100 && !(await run('lock-status')).stdout.startsWith('Held by'); tries++) await sleep(50)
  expect(await run('migrate', '--wait', '0')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('code: LOCK_HELD'),
  })
  expect(await run('unlock')).toMatchObject({ code: 3, stderr: expect.stringContaining('lockstep unlock --confirm') })
  expect(await run('unlock', '--confirm')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Ended the session of'),
  })
  expect(await exited).toBe(1)
  expect((await run('lock-status')).stdout).toBe('Not held.\n')
})

test('create, drop and reset', async () => {
  const { client, run, json } = await app(before)
  expect(await run('create')).toMatchObject({ code: 0 })
  expect(await run('check')).toMatchObject({ code: 0 })
  await client.query('create table stranger (id int)')
  expect(await run('drop')).toMatchObject({ code: 3 })
  expect(await run('drop', '--yes')).toMatchObject({ code: 3 })
  expect(await json('drop', '--dry-run')).toMatchObject({
    code: 0,
    document: { steps: [{ operation: { type: 'drop_table' } }], applied: null },
  })
  expect(await json('reset', '--yes', '--allow', 'data-loss')).toMatchObject({
    code: 0,
    document: { dropped: { applied: { verified: true } }, created: { applied: { verified: true } } },
  })
  expect(await run('drop', '--allow', 'data-loss')).toMatchObject({ code: 0 })
  const { rows } = await client.query(
    "select to_regclass('public.users') as users, to_regclass('public.stranger')::text as stranger",
  )
  expect(rows).toEqual([{ users: null, stranger: 'stranger' }])
})

test('plan as a script, as Markdown, as a file', async () => {
  const { client, folder, run } = await app(before)
  const script = await run('plan', '--sql')
  expect(script).toMatchObject({ code: 0, stderr: '' })
  expect((await run('plan', '--markdown')).stdout).toContain('### Lockstep plan')
  expect(await run('migrate', '--dry-run', '--sql', '--out', 'change.sql')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Pending changes:'),
    stderr: 'Wrote change.sql.\n',
  })
  expect(await readFile(join(folder, 'change.sql'), 'utf8')).toBe(script.stdout)
  await run('plan', '--out', 'plan.json')
  expect(JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'))).toMatchObject({ format: 1, applied: null })
  expect(await run('plan', '--out', 'no/such/folder.json')).toMatchObject({ code: 2 })
  await client.script(script.stdout)
  expect(await run('check')).toMatchObject({ code: 0 })
})

describe('sources', () => {
  const files = {
    'schema/1.sql': `\\restrict abc\nSET statement_timeout = 0;\ncreate table a (id int primary key, note text);\n`,
    'schema/2.sql': 'create table b (id int primary key, a int references a);\n',
    'other.sql': 'create table a (id int primary key, note text, more text);\n',
  }
  test('a folder of SQL, then its snapshot, then empty', async () => {
    const { url, client } = await database()
    const folder = await program().project(files)
    const run = (...args: readonly string[]) => program().run([...args, '--url', url], { cwd: folder })
    expect(await run('migrate', '--desired', 'schema', '--yes')).toMatchObject({ code: 0 })
    expect(await run('check', '--desired', 'schema')).toMatchObject({ code: 0 })
    expect(await run('snapshot', '--out', 'schema.json')).toMatchObject({ code: 0, stdout: '' })
    expect(await run('check', '--desired', 'schema.json')).toMatchObject({ code: 0 })
    expect(await run('check', '--desired', 'other.sql')).toMatchObject({ code: 3 })
    expect(await run('check', '--desired', url)).toMatchObject({ code: 0 })
    expect(await run('migrate', '--desired', 'empty')).toMatchObject({ code: 3 })
    expect(await run('migrate', '--desired', 'empty', '--yes', '--allow', 'data-loss')).toMatchObject({ code: 0 })
    expect((await client.query("select from pg_tables where schemaname = 'public'")).rowCount).toBe(0)
  })
  test('diff, with a server and with PGlite', async () => {
    const { url } = await database()
    const folder = await program().project(files)
    for (const target of [['--url', url], []]) {
      const { code, stdout } = await program().run(['diff', 'schema', 'other.sql', '--json', ...target], {
        cwd: folder,
      })
      expect(code).toBe(0)
      const types = (JSON.parse(stdout) as Document).steps.map((step) => step.operation.type)
      expect([...types].sort()).toEqual(['add_column', 'drop_table'])
    }
  })
  test('what is wrong with a file is said with its line', async () => {
    const { url } = await database()
    const folder = await program().project({
      'bad.sql': 'create table a (id int);\n\ncreate tabel b;\n',
      'bad.json': '{',
      'old.json': '{ "format": 0 }',
      'part.json': JSON.stringify({
        format: 1,
        objects: [{ kind: 'index', object: { schemaName: 'public', name: 'i' } }],
      }),
      'circle.json': JSON.stringify({
        format: 1,
        objects: [],
        tied: [
          { kind: 'column', object: { schemaName: 'public', table: 'a', name: 'c' }, from: [['public', 'b']] },
          { kind: 'column', object: { schemaName: 'public', table: 'b', name: 'c' }, from: [['public', 'a']] },
        ],
      }),
    })
    const error = async (source: string) => {
      const { code, stdout } = await program().run(['check', '--desired', source, '--url', url, '--json'], {
        cwd: folder,
      })
      return { exit: code, ...(JSON.parse(stdout) as { error: { code: string; message: string } }).error }
    }
    expect(await error('bad.sql')).toMatchObject({
      exit: 2,
      code: 'SOURCE_INVALID',
      message: expect.stringContaining('bad.sql:3'),
    })
    expect(await error('bad.json')).toMatchObject({ exit: 2, code: 'SOURCE_INVALID' })
    expect(await error('old.json')).toMatchObject({ exit: 2, code: 'SNAPSHOT_INVALID' })
    expect(await error('part.json')).toMatchObject({
      exit: 2,
      code: 'SNAPSHOT_INVALID',
      message: expect.stringContaining("index 'i' is not whole"),
    })
    expect(await error('circle.json')).toMatchObject({
      exit: 2,
      code: 'SNAPSHOT_INVALID',
      message: expect.stringContaining('lead back to themselves'),
    })
  })
})

test('a reader that goes away is no error', async () => {
  const { url, client } = await database()
  await client.script(
    Array.from({ length: 60 }, (_, index) => `create table t${index} (id int primary key, a text, b text)`).join(';'),
  )
  const child = spawn(process.execPath, [join(program().dist, 'cli', 'main.js'), 'snapshot', '--url', url], {
    env: cleanEnvironment(),
  })
  let stderr = ''
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString()
  })
  child.stdout.destroy()
  expect(await new Promise((done) => child.on('close', done))).toBe(0)
  expect(stderr).toBe('')
})

test('a name in the database cannot steer the terminal', async () => {
  const { url, client } = await database()
  await client.query('create table "x\u001B[2J" (id int)')
  const { stdout } = await program().run(['plan', '--desired', 'empty', '--url', url])
  expect(stdout).toContain(String.raw`x\x1b[2J`)
  expect(stdout).not.toContain('\u001B')
})

test('a model with mistakes: all of them, with their lines', async () => {
  const { run } = await app(
    model('@Column(varchar(-1)) email!: string')
      .replace('@PrimaryKey', '@Column')
      .replace(", { identity: 'always' }", ''),
  )
  const { code, stderr } = await run('plan')
  expect(code).toBe(1)
  expect(stderr).toContain('code: MODEL_INVALID')
  expect(stderr).toMatch(/database\.ts:\d+/)
})
