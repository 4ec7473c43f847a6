// States written as SQL, each in a schema of its own: from one to the other and back, in step at once, with the ledger and without it.
import { afterAll, expect, test } from 'vitest'
import { allow, type DatabaseClient, DbSchemaManager } from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { dropRoles, makeRoles, withDatabase } from '../support/database.js'
import { below } from './below.js'
import { partitions } from './partitions.js'
import { type Pair, small } from './small.js'
import { texts } from './texts.js'
import { trees } from './trees.js'
import { values } from './values.js'
import { walks } from './walks.js'

const database = withDatabase()
const pairs: Readonly<Record<string, Pair>> = {
  ...small,
  ...texts,
  ...trees,
  ...values,
  ...walks,
  ...below,
  partitions,
}

/** Before 15 a partition loses a foreign key that leads to its parent when it is detached; JSON_TABLE came with 17. */
const since: Readonly<Record<string, number>> = {
  detached_from_a_table_that_leads_to_itself: 150000,
  in_words_that_no_parser_of_16_knows: 170000,
}

async function known(client: DatabaseClient): Promise<readonly (readonly [string, Pair])[]> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
  return Object.entries(pairs).filter(([name]) => (since[name] ?? 0) <= Number(rows[0]?.version))
}

const roles = ['pairs_one', 'pairs_two']

async function loaded(side: 0 | 1): Promise<DatabaseClient> {
  const { client } = await database()
  await makeRoles(client, roles)
  for (const [name, sides] of await known(client))
    await client.script(`create schema ${name}; set search_path = ${name}; ${sides[side]}; reset search_path`)
  return client
}

/** Whether an inherited constraint counts as the child's own too is not compared, nor how 18 numbers the parts of a foreign key that lead to single partitions. */
const seen = async (client: DatabaseClient): Promise<string> =>
  (await witnessed(client)).replace(/ local \w+$/gm, '').replace(/(_fkey)(_\d+)+(?= FOREIGN KEY)/g, '$1')

test('there and back', async () => {
  const [client, from, to] = [await loaded(0), await loaded(0), await loaded(1)]
  for (const [label, other] of [
    ['there', to],
    ['back', from],
  ] as const) {
    const source = { type: 'database', client: other, label } as const
    const manager = new DbSchemaManager(client, source, { filter: { alsoKinds: ['owner'] } })
    expect(await manager.migrate({ confirm: allow('data-loss') })).toMatchObject({ verified: true, notes: [] })
    expect(await manager.analyze()).toEqual([])
    await client.script('drop schema lockstep cascade')
    expect(await manager.analyze()).toEqual([])
    expect(await seen(client)).toBe(await seen(other))
  }
  for (const [, [, , [query, expected] = []]] of await known(client))
    if (query !== undefined) expect((await client.query(query)).rows).toEqual([{ kept: expected }])
})

test('made from a snapshot', async () => {
  const [to, { client }] = [await loaded(1), await database()]
  const options = { filter: { alsoKinds: ['owner'] } }
  const snapshot = await new DbSchemaManager(to, { type: 'empty' }, options).snapshot()
  const source = { type: 'snapshot', snapshot: JSON.parse(JSON.stringify(snapshot)), label: 'a snapshot' } as const
  const manager = new DbSchemaManager(client, source, options)
  expect(await manager.migrate({ confirm: allow('data-loss') })).toMatchObject({ verified: true, notes: [] })
  expect(await manager.analyze()).toEqual([])
  expect(await seen(client)).toBe(await seen(to))
})

afterAll(() => dropRoles(roles))
