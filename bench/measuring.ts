// What the benches share: a client that counts, a median, scratch databases, and the same messages sent by bare pg.
import pg from 'pg'
import { type DatabaseClient, type DatabaseSession, type DbContext, PgClient, type ScriptResult } from '../src/index.js'

/** Counts messages, and keeps their texts. */
export class Counting implements DatabaseClient {
  messages = 0
  texts: string[] = []
  constructor(readonly inner: DatabaseClient) {}
  query<Row>(statement: string, parameters?: readonly unknown[]) {
    this.#note(statement)
    return this.inner.query<Row>(statement, parameters)
  }
  script(statements: string): Promise<readonly ScriptResult[]> {
    this.#note(statements)
    return this.inner.script(statements)
  }
  /** Forgets what it has counted. */
  reset(): void {
    this.messages = 0
    this.texts.length = 0
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
    this.texts.push(statement)
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** The median of some runs, after one that does not count. */
export async function timed(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  await work()
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}

/** The floor: messages sent by bare pg, their rows fetched as text and thrown away. */
export async function replayed(url: string, texts: readonly string[], runs: number): Promise<number> {
  const bare = new pg.Client({ connectionString: url })
  await bare.connect()
  const asText = { getTypeParser: () => (value: string) => value } as never
  const milliseconds = await timed(runs, async () => {
    for (const text of texts) await bare.query({ text, rowMode: 'array', types: asText })
  })
  await bare.end()
  return milliseconds
}

/** A new database with everything that the model declares; its URL. */
export async function prepare(
  url: string,
  amount: number,
  Context: new (client: DatabaseClient) => DbContext,
): Promise<string> {
  const server = new PgClient(url)
  const name = `lockstep_bench_${process.pid}_${amount}`
  await server.query(`create database ${name}`)
  await server.end()
  const target = new URL(url)
  target.pathname = `/${name}`
  const client = new PgClient(target.href)
  const started = performance.now()
  await new Context(client).getSchemaManager().ensureCreated()
  console.log(`${amount} tables created in ${Math.round(performance.now() - started)} ms`)
  await client.end()
  return target.href
}

export async function remove(url: string, target: string): Promise<void> {
  const server = new PgClient(url)
  await server.query(`drop database ${new URL(target).pathname.slice(1)} with (force)`)
  await server.end()
}
