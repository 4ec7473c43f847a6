// The proof that the tests' servers do what crash and standby tests rely on.
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PgClient } from '../../src/client/pg-client.js'
import { freshDatabase, serverUrl, withDatabase, withPglite } from './database.js'
import { type Server, startServer } from './server.js'

async function ask(url: string, text: string): Promise<string | null | undefined> {
  const client = new PgClient(url)
  try {
    return (await client.script(text)).at(-1)?.rows[0]?.[0]
  } finally {
    await client.end()
  }
}

describe('a server of its own', () => {
  let server: Server
  beforeAll(async () => {
    server = await startServer({ settings: { max_connections: '17', application_name: "it's" } })
    await ask(server.url, 'create table kept (n int); insert into kept values (1)')
  })
  afterAll(() => server.stop())

  test('takes settings', async () => {
    expect(await ask(server.url, 'show max_connections')).toBe('17')
  })

  test('asks for the password', async () => {
    const wrong = new URL(server.url)
    wrong.password = 'wrong'
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
    })
  })

  test('keeps its rows and its address over a restart', async () => {
    const { url } = server
    await server.restart()
    expect(server.url).toBe(url)
    expect(await ask(url, 'select n from kept')).toBe('1')
  })

  test('a kill cuts sessions off in mid-statement; a restart recovers what was committed', async () => {
    await ask(server.url, 'insert into kept values (2)')
    const client = new PgClient(server.url)
    const sleeping = client.transaction(async (inside) => {
      await inside.query('insert into kept values (3)')
      await inside.query("select pg_sleep(30), 'here'")
    })
    const lost = expect(sleeping).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    const asleep = "select count(*) from pg_stat_activity where query like '%''here''' and pid <> pg_backend_pid()"
    await expect.poll(() => ask(server.url, asleep), { timeout: 10_000 }).toBe('1')
    await server.kill()
    await lost
    await client.end()
    await expect(ask(server.url, 'select 1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    await server.restart()
    expect(await ask(server.url, 'select sum(n) from kept')).toBe('3')
  })

  test('a standby follows and is read-only', async () => {
    const standby = await server.standby()
    expect(await ask(standby.url, 'select pg_is_in_recovery()')).toBe('t')
    expect(await ask(standby.url, 'select count(*) from kept')).toBe('2')
    await expect(ask(standby.url, 'create table no ()')).rejects.toMatchObject({ code: '25006' })
    await ask(server.url, 'insert into kept values (4)')
    await expect.poll(() => ask(standby.url, 'select count(*) from kept'), { timeout: 10_000 }).toBe('3')
    await standby.restart()
    expect(await ask(standby.url, 'select pg_is_in_recovery()')).toBe('t')
  })

  test('stop() leaves nothing, its standbys included', async () => {
    const own = await startServer()
    const standby = await own.standby()
    await own.stop()
    await own.stop()
    expect([existsSync(own.dataDir), existsSync(standby.dataDir)]).toEqual([false, false])
    await expect(ask(standby.url, 'select 1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    await expect(own.restart()).rejects.toThrow('was stopped')
  })
})

describe("databases on the run's server", () => {
  const database = withDatabase()
  const pglite = withPglite()
  const seen: string[] = []
  const exists = (name: string) => ask(serverUrl(), `select count(*) from pg_database where datname = '${name}'`)

  test('are fresh, each call another', async () => {
    const [one, two] = [await database(), await database()]
    await one.client.query('create table t ()')
    expect(await ask(two.url, "select to_regclass('t')")).toBeNull()
    seen.push(one.name, two.name)
  })

  test('are gone after their test', async () => {
    expect(await Promise.all(seen.map(exists))).toEqual(['0', '0'])
  })

  test('drop() cuts other sessions off and may be called twice', async () => {
    const fresh = await freshDatabase()
    const other = new PgClient(fresh.url)
    await other.query('select 1')
    await fresh.drop()
    await fresh.drop()
    expect(await exists(fresh.name)).toBe('0')
    await other.end()
  })

  test('PGlite in this process', async () => {
    const client = await pglite()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})
