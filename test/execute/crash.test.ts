// Servers, connections and processes that end at the worst moment: in step or untouched, and the next run is fine.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  Column,
  type DatabaseClient,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  integer,
  PgClient,
  PrimaryKey,
  text,
} from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { freshDatabase, type TestDatabase, withDatabase } from '../support/database.js'
import { Relay } from '../support/relay.js'
import { type Server, startServer } from '../support/server.js'

@Entity('one')
class One {
  @PrimaryKey(integer()) id!: number
  @Column(text()) name!: string
}
@Entity('two')
class Two {
  @PrimaryKey(integer()) id!: number
}
class Shop extends DbContext {
  get one(): DbEntityTable<One> {
    return this.table(One)
  }
  get two(): DbEntityTable<Two> {
    return this.table(Two)
  }
}
const database = withDatabase()
const failure = (work: Promise<unknown>): Promise<{ code: string; message: string; hint?: string }> =>
  work.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error) => error,
  )

describe('a server that is killed', () => {
  let server: Server
  let target: TestDatabase
  beforeAll(async () => {
    server = await startServer()
    target = await freshDatabase(server.url)
  })
  afterAll(async () => {
    await target.client.end()
    await server.stop()
  })

  test('in mid-plan: untouched, and fine after its restart', async () => {
    const client = new PgClient(target.url)
    const error = await failure(
      new Shop(client).getSchemaManager().migrate({
        onEvent: (event) => {
          if (event.type === 'step-start' && event.step === 1) void server.kill()
        },
      }),
    )
    expect(error).toMatchObject({
      code: expect.stringMatching(/CONNECTION_LOST|CONNECTION_FAILED|STEP_FAILED|COMMIT_LOST/),
      hint: expect.any(String),
    })
    await server.restart()
    expect(await witnessed(client)).toBe('')
    expect((await new Shop(client).getSchemaManager().migrate()).verified).toBe(true)
    expect(await new Shop(client).getSchemaManager().analyze()).toEqual([])
    await client.end()
  })

  test('a read-only standby: it can be analysed, and says that it cannot be written', async () => {
    const standby = await server.standby()
    const url = new URL(standby.url)
    url.pathname = `/${target.name}`
    const client = new PgClient(url.href)
    try {
      @Entity('three')
      class Three {
        @PrimaryKey(integer()) id!: number
      }
      class More extends Shop {
        get three(): DbEntityTable<Three> {
          return this.table(Three)
        }
      }
      const schema = new More(client, { name: 'Shop' }).getSchemaManager()
      expect((await schema.analyze()).map((operation) => operation.type)).toEqual(['create_table'])
      const error = await failure(schema.migrate())
      expect(error.message).toMatch(/read-only|recovery/)
      expect(error.hint).toEqual(expect.any(String))
      expect(await new Shop(client).getSchemaManager().analyze()).toEqual([])
      expect((await new Shop(client).getSchemaManager().migrate()).steps).toEqual([])
    } finally {
      await client.end()
      await standby.stop()
    }
  })
})

describe('a connection that is lost at COMMIT', () => {
  test('before the server saw it: an error that says so, untouched, and fine the next time', async () => {
    const { client, url } = await database()
    const relay = await Relay.start(url)
    const cut = new PgClient(relay.url)
    try {
      await cut.query('select 1')
      void relay.hold(/^commit\b/i, 'before').then(() => relay.cut())
      const error = await failure(new Shop(cut).getSchemaManager().migrate())
      expect(error).toMatchObject({ code: 'COMMIT_LOST', hint: expect.any(String) })
      expect(await witnessed(client)).toBe('')
      expect((await new Shop(cut).getSchemaManager().migrate()).verified).toBe(true)
    } finally {
      await cut.end()
      relay.stop()
    }
  })

  test('after the server had committed: settled by asking it, a normal report', async () => {
    const { client, url } = await database()
    const relay = await Relay.start(url)
    const cut = new PgClient(relay.url)
    try {
      void relay.hold(/^commit\b/i, 'after').then(() => relay.cut())
      expect((await new Shop(cut).getSchemaManager().migrate()).verified).toBe(true)
      expect(await new Shop(client).getSchemaManager().analyze()).toEqual([])
    } finally {
      await cut.end()
      relay.stop()
    }
  })
})

test('a process that is killed in the middle: untouched, the lock is free', async () => {
  const { client, url } = await database()
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./fixtures/hanging.ts', import.meta.url)), url],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(child.stdout, 'data')
  expect(await new Shop(client).getSchemaManager().lockStatus()).toMatchObject({ pid: expect.any(Number) })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await new Shop(client).getSchemaManager().migrate()).verified).toBe(true)
  expect(await new Shop(client).getSchemaManager().lockStatus()).toBeUndefined()
})

test('ensureCreated and ensureDeleted beyond the lock table go on in batches; migrate refuses with the setting', async () => {
  const server = await startServer({ settings: { max_locks_per_transaction: '10', max_connections: '10' } })
  const target = await freshDatabase(server.url)
  try {
    const tables = Array.from({ length: 400 }, (_, index) => {
      @Entity(`t${index}`)
      class Table {
        @PrimaryKey(integer()) id!: number
        @Column(text()) name!: string
      }
      return Table
    })
    class Big extends DbContext {
      protected override setupModel(model: DbModelConfig): void {
        for (const entity of tables) model.entity(entity)
      }
    }
    const schema = (client: DatabaseClient) => new Big(client).getSchemaManager()
    const error = await failure(schema(target.client).migrate())
    expect(error).toMatchObject({ code: 'TOO_MANY_LOCKS', hint: expect.stringContaining('max_locks_per_transaction') })
    expect(await witnessed(target.client)).toBe('')
    expect((await schema(target.client).ensureCreated()).inStep).toBe(true)
    expect(await schema(target.client).analyze()).toEqual([])
    await schema(target.client).ensureDeleted()
    expect(await witnessed(target.client)).toBe('')
  } finally {
    await target.client.end()
    await server.stop()
  }
})
