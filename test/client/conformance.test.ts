// Both clients by the same suite that drivers of others are given.
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { redact } from '../../src/client/redact.js'
import { IntrospectionError, openClient, PgClient, PgliteClient } from '../../src/index.js'
import { conformance } from '../../src/testing/index.js'
import { serverUrl, withDatabase } from '../support/database.js'

const database = withDatabase()

describe('PgClient', () => {
  for (const check of conformance(async () => new PgClient((await database()).url))) test(check.name, () => check.run())
})

describe('PgliteClient', () => {
  for (const check of conformance(() => new PgliteClient())) test(check.name, () => check.run())
})

test.each([
  ['postgres://nobody:wrong@127.0.0.1:1/x', /nothing listens/],
  ['postgres://nobody:secret@no-such-host.invalid/x', /host name is unknown/],
])('no connection to %s: in words, without the password', async (url, words) => {
  const client = new PgClient(url)
  const error: IntrospectionError = await client.query('select 1').then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(IntrospectionError)
  expect(error).toMatchObject({
    code: 'CONNECTION_FAILED',
    message: expect.stringMatching(words),
    hint: expect.any(String),
  })
  expect(JSON.stringify(error) + error.message).not.toMatch(/wrong|secret/)
  await client.end()
})

test('a wrong password and a database that is not there', async () => {
  const url = new URL(serverUrl())
  url.password = 'not-this-one'
  const wrong = new PgClient(url.href)
  await expect(wrong.query('select 1')).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    message: expect.stringContaining('password is wrong'),
  })
  await wrong.end()
  const missing = new URL(serverUrl())
  missing.pathname = '/there_is_none'
  const none = new PgClient(missing.href)
  await expect(none.query('select 1')).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    message: expect.stringContaining('does not exist'),
  })
  await none.end()
})

test('a backend that is terminated: in mid-session an error, afterwards a new connection', async () => {
  const { client } = await database()
  await client.session(async (session) => {
    await client.query('select pg_terminate_backend($1)', [session.pid])
    await expect(session.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('a session or transaction that is used after its callback is refused', async () => {
  const { client } = await database()
  const kept = await client.session(async (session) => session)
  await expect(kept.query('select 1')).rejects.toMatchObject({ code: 'CLIENT_ENDED' })
})

test('statements are logged with their time, secrets and parameters are not', async () => {
  const { url } = await database()
  const lines: string[] = []
  const client = new PgClient(url, { logQueries: true, log: (line) => lines.push(line) })
  await client.query('select $1::text', ['parameter value'])
  await client.script("do $$ begin null; end $$; select 'alter role x password ''geheim'''")
  await client.end()
  expect(lines[0]).toMatch(/^\[lockstep\] [\d.]+ ms {2}select \$1::text$/)
  expect(lines.join('\n')).not.toMatch(/parameter value|geheim/)
})

test.each([
  ["alter role app with password 'x''y'", "alter role app with password '***'"],
  ['postgres://app:s3cret@host/db', 'postgres://app:***@host/db'],
  [
    "create subscription s connection 'host=h password=abc' publication p",
    "create subscription s connection '***' publication p",
  ],
])('redacted: %s', (text, expected) => {
  expect(redact(text)).toBe(expected)
})

test('openClient understands URLs and refuses the rest', async () => {
  expect(openClient('pglite:memory').describe()).toBe('pglite:memory')
  expect(openClient('postgres://me:pw@h:5/d').describe()).toBe('postgres://me@h:5/d')
  expect(() => openClient('mysql://x')).toThrow(expect.objectContaining({ code: 'USAGE' }))
})

describe('PgClient over a pool that exists already', () => {
  for (const check of conformance(async () => new PgClient(new pg.Pool({ connectionString: (await database()).url }))))
    test(check.name, () => check.run())

  test('end() ends the pool', async () => {
    const pool = new pg.Pool({ connectionString: (await database()).url })
    const client = new PgClient(pool)
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    expect(pool.ended).toBe(true)
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'CLIENT_ENDED' })
  })
})
