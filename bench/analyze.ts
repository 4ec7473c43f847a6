// What an everyday run costs: analyze() on a database in step, beside a floor (the same rows fetched in one message by bare pg and thrown away).
// npm run bench                        an embedded server, 100 and 1,000 tables
// npm run bench -- <server url> 200    a server of yours (a scratch database is made there), 200 tables
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  type DatabaseClient,
  DbContext,
  type DbModelConfig,
  type EntityClass,
  integer,
  numeric,
  PgClient,
  sql,
  text,
  timestamptz,
  varchar,
} from '../src/index.js'
import { startServer } from '../test/support/server.js'
import { Counting, prepare, remove, replayed, timed } from './measuring.js'

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
    client.reset()
    await work()
    return client.messages
  }
  const runs = amount > 500 ? 9 : 25
  const schema = new Bench(client).getSchemaManager()
  const same = () => schema.analyze()
  const sameTrips = await trips(same)
  const floor = await replayed(url, client.texts.slice(-1), runs)
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
    const target = await prepare(url, amount, context(amount))
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
