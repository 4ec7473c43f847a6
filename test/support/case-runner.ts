// The proof of a case, written once: a folder with a state before, a model, and the plan that leads there.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { allow, type DatabaseClient, type DbContext, DbSchemaManager, type Plan } from '../../src/index.js'
import { renderSql } from '../../src/terminal/render-script.js'
import { dropRoles, freshDatabase, makeRoles, serverVersion, type TestDatabase } from './database.js'

type Context = new (client: DatabaseClient) => DbContext

interface CaseModule {
  readonly default: Context
  /** The case is one that is refused: the error's code. */
  readonly refused?: string
  /** The database has something that the model knows nothing of, so a fresh one cannot be compared with it. */
  readonly strangers?: true
  /** Roles that the server has to have: made before, dropped after. */
  readonly roles?: readonly string[]
  /** The hook makes parts of our tables, which are undeclared ones where there is no ledger. */
  readonly hookParts?: true
  /** The first server version that has what the case is about; before, planning says that the server is too old. */
  readonly since?: number
}

export interface Case {
  readonly name: string
  readonly folder: string
  readonly module: CaseModule
  readonly before?: Context
  /** The text of expected.plan. */
  readonly expected: string | undefined
}

const root = fileURLToPath(new URL('../cases', import.meta.url))
const witness = readFileSync(fileURLToPath(new URL('./witness.sql', import.meta.url)), 'utf8')

/** The folders of test/cases, `part` of `parts`, so that several files can run them side by side. */
export function caseNames(part: number, parts: number): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .filter((_name, index) => index % parts === part)
}

export function proveCases(part: number, parts: number): void {
  for (const name of caseNames(part, parts)) {
    test(name, async () => prove(await loadCase(name)))
  }
}

export async function loadCase(name: string): Promise<Case> {
  const folder = join(root, name)
  const load = async (file: string) =>
    (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as CaseModule
  const before = existsSync(join(folder, 'before.ts')) ? (await load('before.ts')).default : undefined
  const expected = existsSync(join(folder, 'expected.plan'))
    ? readFileSync(join(folder, 'expected.plan'), 'utf8')
    : undefined
  return { name, folder, module: await load('model.ts'), expected, ...(before ? { before } : {}) }
}

/** A file of the case. */
const read = (one: Case, file: string): string | undefined =>
  existsSync(join(one.folder, file)) ? readFileSync(join(one.folder, file), 'utf8') : undefined

/** The state before, with its rows. */
export async function startCase(one: Case, server?: string): Promise<TestDatabase> {
  const database = await freshDatabase(server)
  await prepareCase(one, database.client)
  return database
}

/** Puts the state before, with its rows, into an empty database. */
export async function prepareCase(one: Case, client: DatabaseClient): Promise<void> {
  await makeRoles(client, one.module.roles ?? [])
  const sql = read(one, 'before.sql')
  if (sql) await client.script(sql)
  if (one.before) await new one.before(client).getSchemaManager().ensureCreated()
  const rows = read(one, 'seed.sql')
  if (rows) await client.script(rows)
}

export async function witnessed(client: DatabaseClient): Promise<string> {
  const results = await client.script(`begin read only; set local search_path = ''; ${witness}; commit`)
  return (
    results
      .find((result) => result.fields[0] === 'line')
      ?.rows.map(([line]) => line)
      .join('\n') ?? ''
  )
}

async function counts(client: DatabaseClient): Promise<ReadonlyMap<string, number>> {
  const [tables] = await client.script(
    "select quote_ident(nspname) || '.' || quote_ident(relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where relkind = 'r' and nspname !~ '^pg_' and nspname not in ('information_schema', 'lockstep') order by 1",
  )
  const found = new Map<string, number>()
  for (const [table] of tables?.rows ?? [])
    found.set(String(table), Number((await client.script(`select count(*) from ${table}`))[0]?.rows[0]?.[0]))
  return found
}

/** The plan as it stands in expected.plan: descriptions with their risks. */
export function planText(plan: Plan): string {
  const steps = plan.steps.map((step, index) =>
    [`${index + 1}. ${step.description}`, ...step.risks.map((risk) => `   ! ${risk.level} ${risk.code}`)].join('\n'),
  )
  const blocked = plan.blocked.map(({ object, by }) => `blocked ${object.kind} ${object.name} by ${by.kind} ${by.name}`)
  return `${[...(steps.length === 0 ? ['nothing'] : steps), ...blocked].join('\n')}\n`
}

const golden = (one: Case, text: string): void => {
  const file = join(one.folder, 'expected.plan')
  if (process.env.UPDATE_PLANS === '1') writeFileSync(file, text)
  else expect(text).toBe(one.expected)
}

async function prove(one: Case): Promise<void> {
  const { since } = one.module
  if (since !== undefined && (await serverVersion()) < since) return proveTooOld(one)
  const database = await startCase(one)
  const others: TestDatabase[] = []
  const fresh = async () => {
    const made = await freshDatabase()
    others.push(made)
    return made
  }
  try {
    const { client } = database
    const context = new one.module.default(client)
    const schema = context.getSchemaManager()
    const first = await witnessed(client)
    if (one.module.refused) return await proveRefused(one, schema, client, first)

    // 1. the plan, word for word, and making it changed nothing
    const plan = await schema.plan()
    golden(one, planText(plan))
    expect(await witnessed(client)).toBe(first)

    // 2. it applies
    const rows = await counts(client)
    const report = await schema.migrate({ confirm: allow('data-loss') })
    expect(report.verified).toBe(true)
    // Nothing that the plan had not foreseen.
    expect(report.plan.steps).toHaveLength(plan.steps.length)
    const reached = await witnessed(client)

    // 3. nothing is left to do: for this manager, for a new one, without the ledger, from another time zone
    expect(await schema.analyze()).toEqual([])
    expect(await new one.module.default(client).getSchemaManager().analyze()).toEqual([])
    await proveSettings(one, database)

    // 4. rows survive where no step said data-loss
    const lossy = plan.steps.some((step) => step.risks.some((risk) => risk.level === 'data-loss'))
    if (!lossy)
      expect([...(await counts(client)).values()].reduce((a, b) => a + b, 0)).toBe(
        [...rows.values()].reduce((a, b) => a + b, 0),
      )

    // 7. an independent witness: a database that was made from the model alone is the same
    if (!one.module.strangers) {
      const other = await fresh()
      await new one.module.default(other.client).getSchemaManager().ensureCreated()
      expect(await witnessed(other.client)).toBe(reached)
      expect(await new one.module.default(other.client).getSchemaManager().analyze()).toEqual([])
      const nothing = await fresh()
      await new one.module.default(other.client).getSchemaManager().ensureDeleted()
      expect(await witnessed(other.client)).toBe(await witnessed(nothing.client))
    }

    // 5. the way down leads back
    await proveWayDown(one, fresh, reached)
  } finally {
    await database.drop()
    for (const other of others) await other.drop()
    await dropRoles(one.module.roles ?? [])
  }
}

/** What the server lacks is an error of planning, before anything is done. */
async function proveTooOld(one: Case): Promise<void> {
  const database = await freshDatabase()
  try {
    const first = await witnessed(database.client)
    const schema = new one.module.default(database.client).getSchemaManager()
    await expect(schema.plan()).rejects.toMatchObject({ code: 'SERVER_TOO_OLD' })
    await expect(schema.migrate({ confirm: allow('data-loss') })).rejects.toMatchObject({ code: 'SERVER_TOO_OLD' })
    expect(await witnessed(database.client)).toBe(first)
  } finally {
    await database.drop()
  }
}

async function proveRefused(one: Case, schema: DbSchemaManager, client: DatabaseClient, first: string): Promise<void> {
  const error = await schema.migrate({ confirm: allow('data-loss') }).then(
    () => undefined,
    (reason: { code?: string; message: string; hint?: string }) => reason,
  )
  expect(error?.code).toBe(one.module.refused)
  expect(error?.hint).toBeTruthy()
  golden(one, `${error?.message}\n`)
  expect(await witnessed(client)).toBe(first)
}

/** Without the ledger and under other settings of the server: still nothing to do. The ledger is put back. */
async function proveSettings(one: Case, { client, name }: TestDatabase): Promise<void> {
  await client.script(
    `alter database ${name} set timezone = 'Asia/Tokyo'; alter database ${name} set datestyle = 'German'; alter database ${name} set intervalstyle = 'sql_standard'; alter database ${name} set quote_all_identifiers = on`,
  )
  const url = client.sibling(name)
  try {
    await url.script('alter schema lockstep rename to lockstep_kept')
    const left = await new one.module.default(url)
      .getSchemaManager({ filter: { exclude: ['lockstep_kept', 'lockstep_kept.*'] } })
      .analyze()
    await url.script('alter schema lockstep_kept rename to lockstep')
    expect(left.filter((operation) => !(one.module.hookParts && operation.type === 'drop_index'))).toEqual([])
    expect(await new one.module.default(url).getSchemaManager().analyze()).toEqual([])
  } finally {
    await client.script(`alter database ${name} reset all`)
    await url.end()
  }
}

/** Without rows, so that nothing but the schema is in the way: up, down, and both print the same. The plan as a script leads up too. */
async function proveWayDown(one: Case, fresh: () => Promise<TestDatabase>, reached: string): Promise<void> {
  if (one.module.strangers || one.module.hookParts) return
  const make = async () => {
    const { client } = await fresh()
    const sql = read(one, 'before.sql')
    if (sql) await client.script(sql)
    if (one.before) await new one.before(client).getSchemaManager().ensureCreated()
    return client
  }
  const [client, old] = [await make(), await make()]
  const first = await witnessed(client)
  await new one.module.default(client).getSchemaManager().migrate({ confirm: allow('data-loss') })
  const back = one.before
    ? new one.before(client).getSchemaManager()
    : new DbSchemaManager(client, { type: 'database', client: old, label: 'before' }, { schemas: 'all' })
  await back.migrate({ confirm: allow('data-loss') })
  expect(await witnessed(client)).toBe(first)
  expect(await back.analyze()).toEqual([])
  // What a hook makes is in no plan.
  if (Object.hasOwn(one.module.default.prototype, 'onMigrationComplete')) return
  await old.script(renderSql(await new one.module.default(old).getSchemaManager().plan()))
  expect(await witnessed(old)).toBe(reached)
}
