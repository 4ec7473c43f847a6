// What an everyday run costs: analyze() on a database in step, beside a floor (the same rows fetched in one message by bare pg and thrown away).
// npm run bench                        an embedded server, 100 and 1,000 tables
// npm run bench -- <server url> 200    a server of yours (a scratch database is made there), 200 tables
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import {
  type DatabaseClient,
  type DatabaseSession,
  DbContext,
  type DbModelConfig,
  type EntityClass,
  integer,
  numeric,
  PgClient,
  type ScriptResult,
  sql,
  text,
  timestamptz,
  varchar,
} from '../src/index.js'
import { startServer } from '../test/support/server.js'

interface Row {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly status: string
  readonly amount: string
  readonly createdAt: Date
  readonly updatedAt: Date | null
  readonly note: string | null
  readonly size: number
  readonly lower: string | null
  readonly parentId: number | null
  readonly otherId: number | null
}

/** About 12 columns, 4 indexes, 2 foreign keys, a check with IN. */
function context(amount: number): new (client: DatabaseClient) => DbContext {
  const entities = Array.from({ length: amount }, () => class {}) as unknown as EntityClass<Row>[]
  return class Bench extends DbContext {
    protected override setupModel(model: DbModelConfig): void {
      entities.forEach((entity, index) => {
        model.entity(entity, (e) => {
          e.toTable(`table_${index}`)
          e.property((p) => p.id)
            .hasType(integer())
            .hasIdentity()
            .isPrimaryKey()
          e.property((p) => p.name).hasType(varchar(100))
          e.property((p) => p.email)
            .hasType(text())
            .isUnique()
          e.property((p) => p.status)
            .hasType(varchar(20))
            .hasDefaultValue('new')
          e.property((p) => p.amount)
            .hasType(numeric(10, 2))
            .hasDefaultValue('0')
          e.property((p) => p.createdAt)
            .hasType(timestamptz())
            .hasDefaultSql(sql`now()`)
          e.property((p) => p.updatedAt)
            .hasType(timestamptz())
            .isRequired(false)
          e.property((p) => p.note)
            .hasType(text())
            .isRequired(false)
          e.property((p) => p.size)
            .hasType(integer())
            .hasDefaultValue(1)
          e.property((p) => p.lower)
            .hasType(text())
            .isGenerated(sql`lower(name)`)
            .isRequired(false)
          e.property((p) => p.parentId)
            .hasType(integer())
            .isRequired(false)
          e.property((p) => p.otherId)
            .hasType(integer())
            .isRequired(false)
          e.hasIndex((p) => [p.name])
          e.hasIndex((p) => [p.createdAt, p.status])
          e.hasIndex(() => [sql`lower(email)`]).where(sql`status in ('new', 'open')`)
          e.hasCheckConstraint('status_known', sql`status in ('new', 'open', 'done')`)
          e.hasOne(entity).withForeignKey((p) => p.parentId)
          e.hasOne(entities[(index + 1) % amount]!).withForeignKey((p) => p.otherId)
        })
      })
    }
  }
}

/** Counts messages, and keeps the text of the last. */
class Counting implements DatabaseClient {
  messages = 0
  last = ''
  constructor(readonly inner: DatabaseClient) {}
  query<Row>(statement: string, parameters?: readonly unknown[]) {
    this.#note(statement)
    return this.inner.query<Row>(statement, parameters)
  }
  script(statements: string): Promise<readonly ScriptResult[]> {
    this.#note(statements)
    return this.inner.script(statements)
  }
  transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
    this.messages += 2
    return this.inner.transaction((client) => work(this.#around(client)))
  }
  session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T> {
    return this.inner.session((session) =>
      work(Object.assign(this.#around(session), { pid: session.pid }) as unknown as DatabaseSession),
    )
  }
  server() {
    return this.inner.server()
  }
  describe() {
    return this.inner.describe()
  }
  end() {
    return this.inner.end()
  }
  #around(client: DatabaseClient): DatabaseClient {
    const around = new Counting(client)
    around.#note = this.#note
    return around
  }
  #note = (statement: string): void => {
    this.messages++
    this.last = statement
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

async function timed(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  await work()
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}

interface Figures {
  readonly floor: number
  readonly same: number
  readonly fresh: number
  readonly sameTrips: number
  readonly noHead: number
  readonly noHeadTrips: number
  readonly noLedger: number
  readonly noLedgerTrips: number
}

async function measure(url: string, amount: number): Promise<Figures> {
  const client = new Counting(new PgClient(url))
  const Bench = context(amount)
  const trips = async (work: () => Promise<unknown>): Promise<number> => {
    await work()
    client.messages = 0
    await work()
    return client.messages
  }
  const runs = amount > 500 ? 9 : 25
  const schema = new Bench(client).getSchemaManager()
  const same = () => schema.analyze()
  const sameTrips = await trips(same)
  const catalog = client.last
  const bare = new pg.Client({ connectionString: url })
  await bare.connect()
  const floor = await timed(runs, () =>
    bare.query({ text: catalog, rowMode: 'array', types: { getTypeParser: () => (value: string) => value } as never }),
  )
  await bare.end()
  const figures = {
    floor,
    same: await timed(runs, same),
    sameTrips,
    fresh: await timed(runs, () => new Bench(client).getSchemaManager().analyze()),
  }
  await client.query("update lockstep.head set catalog = ''")
  const noHeadTrips = await trips(same)
  const noHead = await timed(runs, same)
  await client.script('drop schema lockstep cascade')
  const noLedgerTrips = await trips(same)
  const noLedger = await timed(3, same)
  await client.end()
  return { ...figures, noHead, noHeadTrips, noLedger, noLedgerTrips }
}

async function prepare(url: string, amount: number): Promise<string> {
  const server = new PgClient(url)
  const name = `lockstep_bench_${process.pid}_${amount}`
  await server.query(`create database ${name}`)
  await server.end()
  const target = new URL(url)
  target.pathname = `/${name}`
  const client = new PgClient(target.href)
  const started = performance.now()
  await new (context(amount))(client).getSchemaManager().ensureCreated()
  console.log(`${amount} tables created in ${Math.round(performance.now() - started)} ms`)
  await client.end()
  return target.href
}

async function remove(url: string, target: string): Promise<void> {
  const server = new PgClient(url)
  await server.query(`drop database ${new URL(target).pathname.slice(1)} with (force)`)
  await server.end()
}

/** Peak memory of a process that does only this, in MB. */
function memory(url: string, amount: number, what: string): number {
  return Number(
    execFileSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), what, url, String(amount)], {
      encoding: 'utf8',
    }),
  )
}

async function alone(what: string, url: string, amount: number): Promise<void> {
  const client = new Counting(new PgClient(url))
  const schema = new (context(amount))(client).getSchemaManager()
  if (what === '--analyze') for (let run = 0; run < 3; run++) await schema.analyze()
  else await schema.lockStatus()
  console.log(Math.round(process.resourceUsage().maxRSS / 1024))
  await client.end()
}

async function main(): Promise<void> {
  const [first, second, third] = process.argv.slice(2)
  if (first === '--analyze' || first === '--idle') return alone(first, second ?? '', Number(third))
  const server = first
    ? undefined
    : await startServer({ settings: { max_locks_per_transaction: '256', shared_buffers: '128MB' } })
  const url = first ?? server?.url ?? ''
  for (const amount of second ? [Number(second)] : [100, 1000]) {
    const target = await prepare(url, amount)
    const [idle, peak] = [memory(target, amount, '--idle'), memory(target, amount, '--analyze')]
    const found = await measure(target, amount)
    const ratio = (value: number) => `${value.toFixed(1)} ms = ${(value / found.floor).toFixed(2)} × floor`
    console.log(`${amount} tables: floor ${found.floor.toFixed(1)} ms`)
    console.log(`  in step, ledger there:      ${ratio(found.same)}, ${found.sameTrips} round trip(s)`)
    console.log(`  the same, model built anew: ${ratio(found.fresh)}`)
    console.log(`  ledger, but moved since:    ${ratio(found.noHead)}, ${found.noHeadTrips} round trip(s)`)
    console.log(`  without a ledger:           ${ratio(found.noLedger)}, ${found.noLedgerTrips} round trip(s)`)
    await remove(url, target)
    console.log(`  peak memory: ${peak} MB (a process that only built the model: ${idle} MB)`)
  }
  await server?.stop()
}

await main()
