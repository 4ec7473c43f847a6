// What it costs that PostgreSQL spells expressions: analyze() on tables with three each that no other table has, and that no parse tree settles,
// beside a floor (the same messages sent by bare pg, their rows thrown away).
// npx tsx bench/spelling.ts                        an embedded server, 100 and 1,000 tables
// npx tsx bench/spelling.ts <server url> 200       a server of yours (a scratch database is made there), 200 tables
import {
  type DatabaseClient,
  DbContext,
  type DbModelConfig,
  type EntityClass,
  integer,
  PgClient,
  raw,
  sql,
  text,
} from '../src/index.js'
import { startServer } from '../test/support/server.js'
import { Counting, prepare, remove, replayed, timed } from './measuring.js'

interface Row {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly size: number
  readonly label: string | null
}

/** A check, a partial index over an expression, a generated column: PostgreSQL writes each in another way than the model does. */
function context(amount: number): new (client: DatabaseClient) => DbContext {
  const entities = Array.from({ length: amount }, () => class {}) as unknown as EntityClass<Row>[]
  return class Spelled extends DbContext {
    protected override setupModel(model: DbModelConfig): void {
      entities.forEach((entity, index) => {
        const number = raw(String(index))
        model.entity(entity, (e) => {
          e.toTable(`table_${index}`)
          e.property((p) => p.id)
            .hasType(integer())
            .isPrimaryKey()
          e.property((p) => p.name).hasType(text())
          e.property((p) => p.status).hasType(text())
          e.property((p) => p.size).hasType(integer())
          e.property((p) => p.label)
            .hasType(text())
            .isRequired(false)
            .isGenerated(sql`case when name like 'a${number}%' then status end`)
          e.hasIndex((p) => [p.size]).where(sql`status in ('new', 'open_${number}')`)
          e.hasCheckConstraint('size_known', sql`size * 1.5 >= ${number}`)
        })
      })
    }
  }
}

async function measure(url: string, amount: number): Promise<void> {
  const client = new Counting(new PgClient(url))
  const schema = new (context(amount))(client).getSchemaManager()
  const analyze = async () => {
    const operations = await schema.analyze()
    if (operations.length > 0) throw new Error(`not in step: ${JSON.stringify(operations[0])}`)
  }
  const line = async (title: string, runs: number) => {
    await analyze()
    client.reset()
    await analyze()
    const texts = [...client.texts]
    const floor = await replayed(url, texts, runs)
    const found = await timed(runs, analyze)
    const ratio = (found / floor).toFixed(2)
    console.log(
      `  ${title.padEnd(26)}${found.toFixed(1)} ms = ${ratio} × floor (${floor.toFixed(1)} ms), ${texts.length} round trip(s)`,
    )
  }
  console.log(`${amount} tables, ${3 * amount} expressions:`)
  await line('in step, ledger there:', 7)
  await client.query("update lockstep.head set catalog = ''")
  await line('ledger, but moved since:', 7)
  await client.script('drop schema lockstep cascade')
  await line('without a ledger:', 3)
  await client.end()
}

async function main(): Promise<void> {
  const [first, second] = process.argv.slice(2)
  const server = first
    ? undefined
    : await startServer({ settings: { max_locks_per_transaction: '256', shared_buffers: '128MB' } })
  const url = first ?? server?.url ?? ''
  for (const amount of second ? [Number(second)] : [100, 1000]) {
    const target = await prepare(url, amount, context(amount))
    await measure(target, amount)
    await remove(url, target)
  }
  await server?.stop()
}

await main()
