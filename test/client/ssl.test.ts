// ssl of PgClient against a server that speaks it, with a certificate that only its own authority (itself) vouches for.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PgClient } from '../../src/index.js'
import { writeOwned } from '../support/base-backup.js'
import { binaries } from '../support/binaries.js'
import { type Server, startServer } from '../support/server.js'

/** Self-signed for localhost and 127.0.0.1; of use for nothing else. */
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const ca = await readFile(fixture('server.crt'), 'utf8')

let server: Server

beforeAll(async () => {
  server = await startServer()
  const { account } = binaries()
  await writeOwned(`${server.dataDir}/server.crt`, ca, account)
  await writeOwned(`${server.dataDir}/server.key`, await readFile(fixture('server.key'), 'utf8'), account)
})

afterAll(async () => {
  await server?.stop()
})

/** Whether the connection is encrypted. */
async function encrypted(client: PgClient): Promise<boolean | undefined> {
  try {
    const { rows } = await client.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
    return rows[0]?.ssl
  } finally {
    await client.end()
  }
}

const withParameters = (parameters: string) => new PgClient(`${server.url}?${parameters}`)
const fields = () => {
  const { hostname, port, username, password, pathname } = new URL(server.url)
  return { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1) }
}

test('a server without ssl that is asked for it', async () => {
  await expect(encrypted(new PgClient({ ...fields(), ssl: true }))).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    message: expect.stringContaining('does not speak ssl'),
    hint: expect.stringContaining('sslmode'),
  })
})

test('a server with ssl: who is trusted, by fields and by URL', async () => {
  const admin = new PgClient(server.url)
  await admin.query('alter system set ssl = on')
  await admin.query('select pg_reload_conf()')
  await expect.poll(async () => (await admin.query<{ ssl: string }>('show ssl')).rows[0]?.ssl).toBe('on')
  await admin.end()

  const untrusted = {
    code: 'CONNECTION_FAILED',
    message: expect.stringContaining("the server's certificate is not trusted"),
    hint: expect.stringContaining('rejectUnauthorized'),
  }
  await expect(encrypted(new PgClient({ ...fields(), ssl: true }))).rejects.toMatchObject(untrusted)
  for (const mode of ['require', 'prefer', 'verify-ca', 'verify-full'])
    await expect(encrypted(withParameters(`sslmode=${mode}`)), mode).rejects.toMatchObject(untrusted)

  expect(await encrypted(new PgClient({ ...fields(), ssl: { rejectUnauthorized: false } }))).toBe(true)
  expect(await encrypted(new PgClient({ ...fields(), ssl: { ca } }))).toBe(true)
  expect(await encrypted(withParameters('sslmode=no-verify'))).toBe(true)
  const root = `sslrootcert=${encodeURIComponent(fixture('server.crt'))}`
  expect(await encrypted(withParameters(`sslmode=verify-full&${root}`))).toBe(true)

  expect(await encrypted(new PgClient(server.url))).toBe(false)
  expect(await encrypted(withParameters('sslmode=disable'))).toBe(false)
})

test('a client for another database of the server keeps its ssl', async () => {
  const client = new PgClient({ ...fields(), ssl: { ca } })
  expect(await encrypted(client.sibling('template1'))).toBe(true)
  await client.end()
  const byUrl = withParameters('sslmode=no-verify')
  expect(await encrypted(byUrl.sibling('template1'))).toBe(true)
  await byUrl.end()
})

test('a certificate for another name', async () => {
  await expect(
    encrypted(new PgClient({ ...fields(), ssl: { ca, servername: 'db.example.com' } })),
  ).rejects.toMatchObject({
    code: 'CONNECTION_FAILED',
    message: expect.stringContaining('another host name'),
    hint: expect.stringContaining('servername'),
  })
})
