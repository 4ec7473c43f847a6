// Every case, dumped and restored by PostgreSQL's own pg_dump: still nothing to do, with the ledger and without it. Needs a server's programs with pg_dump
// beside them (Debian's packages have it, the embedded server has not).
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, PgClient } from '../../src/index.js'
import { caseNames, loadCase, startCase, witnessed } from '../support/case-runner.js'
import { freshDatabase } from '../support/database.js'
import { type Server, startServer } from '../support/server.js'

const run = promisify(execFile)
const programs = ['postgres', 'initdb', 'pg_dump', 'psql']

/** The newest directory that has them all. */
function binariesWithDump(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [process.env.TEST_POSTGRES_BIN ?? '', ...versions.map((version) => join(debian, version, 'bin'))]
  return folders.find((folder) => folder !== '' && programs.every((program) => existsSync(join(folder, program))))
}

const bin = binariesWithDump()
if (bin === undefined)
  console.warn(
    'Left out: dump and restore (no directory with postgres, initdb, pg_dump and psql; install postgresql, or set TEST_POSTGRES_BIN).',
  )

describe.skipIf(bin === undefined)('dumped and restored', () => {
  let server: Server
  let version = 0
  beforeAll(async () => {
    process.env.TEST_POSTGRES_BIN = bin
    server = await startServer()
    const client = new PgClient(server.url)
    version = (await client.server()).version
    await client.end()
  })
  afterAll(() => server?.stop())

  test.each(caseNames(0, 1))('%s', async (name) => {
    const one = await loadCase(name)
    if (one.module.refused || (one.module.since ?? 0) > version) return
    const database = await startCase(one, server.url)
    const restored = await freshDatabase(server.url)
    try {
      await new one.module.default(database.client).getSchemaManager().migrate({ confirm: allow('data-loss') })
      const { stdout } = await run(join(bin ?? '', 'pg_dump'), ['--dbname', database.url], { maxBuffer: 1 << 28 })
      const psql = run(join(bin ?? '', 'psql'), ['-qX', '-v', 'ON_ERROR_STOP=1', '--dbname', restored.url])
      psql.child.stdin?.end(stdout)
      await psql
      expect(await new one.module.default(restored.client).getSchemaManager().analyze()).toEqual([])
      await restored.client.script('drop schema lockstep cascade')
      const again = new PgClient(restored.url)
      const left = await new one.module.default(again).getSchemaManager().analyze()
      await again.end()
      expect(left.filter((operation) => !(one.module.hookParts && operation.type === 'drop_index'))).toEqual([])
      expect(await witnessed(restored.client)).not.toBe('')
    } finally {
      await database.drop()
      await restored.drop()
    }
  })
})
