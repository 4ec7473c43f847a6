// The same cases on PGlite, which is PostgreSQL 18 in this process: one instance, emptied between cases.
import { citext } from '@electric-sql/pglite/contrib/citext'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { afterAll, expect, test } from 'vitest'
import { allow, PgliteClient } from '../../src/index.js'
import { caseNames, loadCase, planText, prepareCase, witnessed } from '../support/case-runner.js'

const client = new PgliteClient({ extensions: { citext, pg_trgm } })
afterAll(() => client.end())

const empty = `
do $$ declare name text; begin
  for name in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
    execute format('drop schema %I cascade', name);
  end loop;
  create schema public authorization pg_database_owner;
  grant usage on schema public to public;
  delete from pg_default_acl;
end $$`

test.each(caseNames(0, 1))('%s', async (name) => {
  const one = await loadCase(name)
  await client.script(empty)
  await prepareCase(one, client)
  const first = await witnessed(client)
  const manager = () => new one.module.default(client).getSchemaManager()
  if (one.module.refused) {
    await expect(manager().migrate({ confirm: allow('data-loss') })).rejects.toMatchObject({ code: one.module.refused })
    expect(await witnessed(client)).toBe(first)
    return
  }
  expect(planText(await manager().plan())).toBe(one.expected)
  expect((await manager().migrate({ confirm: allow('data-loss') })).verified).toBe(true)
  expect(await manager().analyze()).toEqual([])
  const reached = await witnessed(client)
  await client.script('drop schema lockstep cascade')
  const left = await manager().analyze()
  expect(left.filter((operation) => !(one.module.hookParts && operation.type === 'drop_index'))).toEqual([])
  // The other cases are made from nothing, and dropped to nothing, on the run's server, which may be too old for these.
  if (one.module.since === undefined || one.module.strangers || one.module.hookParts) return
  await client.script(empty)
  await manager().ensureCreated()
  expect(await witnessed(client)).toBe(reached)
  await manager().ensureDeleted()
  expect(await witnessed(client)).toBe('')
})
