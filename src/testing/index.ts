// For those who write a driver: the behaviour that the rest of Lockstep relies on, as checks for any test runner.
import assert from 'node:assert/strict'
import type { DatabaseClient } from '../client/database-client.js'

export interface Check {
  readonly name: string
  /** Throws where the client does not behave. */
  run(): Promise<void>
}

/**
 * The conformance suite of a DatabaseClient. Each check makes a client of its own, works in temporary tables, and ends it.
 * @example
 * for (const check of conformance(() => new MyClient(url))) test(check.name, () => check.run())
 */
export function conformance(makeClient: () => DatabaseClient | Promise<DatabaseClient>): readonly Check[] {
  return Object.entries(checks).map(([name, body]) => ({
    name,
    async run() {
      const client = await makeClient()
      try {
        await body(client)
      } finally {
        await client.end()
      }
    },
  }))
}

const table = 'lockstep_conformance'
const fresh = `drop table if exists ${table}; create table ${table} (n int)`
const amount = async (client: DatabaseClient): Promise<number> =>
  Number((await client.script(`select count(*) from ${table}`))[0]?.rows[0]?.[0])

const checks: Readonly<Record<string, (client: DatabaseClient) => Promise<void>>> = {
  'a query has rows, a count and the command': async (client) => {
    const result = await client.query<{ one: number }>('select 1 as one union all select 2 order by 1')
    assert.deepEqual([...result.rows], [{ one: 1 }, { one: 2 }])
    assert.equal(result.rowCount, 2)
    assert.equal(result.command.toUpperCase(), 'SELECT')
  },
  'parameters are sent beside the text': async (client) => {
    const { rows } = await client.query<{ t: string }>('select $1::text as t', ["it's; drop table x; --"])
    assert.equal(rows[0]?.t, "it's; drop table x; --")
  },
  'a script has one result per statement, every value as text': async (client) => {
    const results = await client.script(
      "select true as b, 1.50 as n, null as x, array[1,2] as a, '2020-01-02'::date as d; select 'second' as s",
    )
    assert.deepEqual(
      results.map((result) => [...result.fields]),
      [['b', 'n', 'x', 'a', 'd'], ['s']],
    )
    assert.deepEqual(
      results[0]?.rows.map((row) => [...row]),
      [['t', '1.50', null, '{1,2}', '2020-01-02']],
    )
    assert.equal(results[1]?.rows[0]?.[0], 'second')
  },
  'a script is one message: a failing statement undoes those before it': async (client) => {
    await client.script(fresh)
    await assert.rejects(client.script(`insert into ${table} values (1); select 1/0`))
    assert.equal(await amount(client), 0)
    await client.script(`drop table ${table}`)
  },
  "PostgreSQL's errors keep their SQLSTATE and position": async (client) => {
    await assert.rejects(
      client.query('select nowhere'),
      (error: { code?: string; position?: unknown }) => error.code === '42703' && Number(error.position) === 8,
    )
  },
  'a transaction commits': async (client) => {
    await client.script(fresh)
    const answer = await client.transaction(async (inner) => {
      await inner.query(`insert into ${table} values (1)`)
      return 'done'
    })
    assert.equal(answer, 'done')
    assert.equal(await amount(client), 1)
    await client.script(`drop table ${table}`)
  },
  'a transaction that throws is rolled back, and the error is the one thrown': async (client) => {
    await client.script(fresh)
    const reason = new Error('on purpose')
    await assert.rejects(
      client.transaction(async (inner) => {
        await inner.query(`insert into ${table} values (1)`)
        throw reason
      }),
      (error) => error === reason,
    )
    assert.equal(await amount(client), 0)
    await client.script(`drop table ${table}`)
  },
  'a nested transaction is a savepoint': async (client) => {
    await client.script(fresh)
    await client.transaction(async (outer) => {
      await outer.query(`insert into ${table} values (1)`)
      await assert.rejects(outer.transaction((inner) => inner.query('select 1/0')))
      await outer.query(`insert into ${table} values (2)`)
    })
    assert.equal(await amount(client), 2)
    await client.script(`drop table ${table}`)
  },
  'a session is one connection with its backend id': async (client) => {
    await client.session(async (session) => {
      const pids = [
        await session.script('select pg_backend_pid()'),
        await session.script('select pg_backend_pid()'),
      ].map((results) => results[0]?.rows[0]?.[0])
      assert.equal(pids[0], pids[1])
      assert.equal(String(session.pid), pids[0])
    })
  },
  'a session that is left inside a transaction leaves nothing behind': async (client) => {
    await client.session(async (session) => {
      await session.script('begin; create temporary table lockstep_left_open (n int)')
    })
    const [result] = await client.script("select to_regclass('pg_temp.lockstep_left_open')")
    assert.equal(result?.rows[0]?.[0], null)
  },
  'transactions of one client do not mix': async (client) => {
    await client.script(fresh)
    const insert = (fails: boolean) =>
      client
        .transaction(async (inner) => {
          await inner.query(`insert into ${table} values (1)`)
          if (fails) throw new Error('on purpose')
        })
        .catch(() => undefined)
    await Promise.all([insert(false), insert(true), insert(false)])
    assert.equal(await amount(client), 2)
    await client.script(`drop table ${table}`)
  },
  'the server names its version': async (client) => {
    const { version } = await client.server()
    assert.ok(Number.isInteger(version) && version >= 140000, `server().version is ${version}`)
  },
  'end() may be called twice, and use after it is refused': async (client) => {
    await client.end()
    await client.end()
    await assert.rejects(client.query('select 1'), (error: { code?: string }) => error.code === 'CLIENT_ENDED')
  },
}
