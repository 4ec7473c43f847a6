// States written as SQL: each is reached from the other, nothing is left to do with the ledger and without it, and the witness cannot tell it from the original.
import { expect, test } from 'vitest'
import { allow, type DatabaseClient, DbSchemaManager } from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { freshDatabase, type TestDatabase } from '../support/database.js'
import type { Pair } from './pair.js'
import { partitions } from './partitions.js'

const pairs: Readonly<Record<string, Pair>> = { partitions }

async function reach(client: DatabaseClient, goal: DatabaseClient): Promise<void> {
  const manager = () =>
    new DbSchemaManager(client, { type: 'database', client: goal, label: 'goal' }, { undeclared: 'drop' })
  await manager().migrate({ confirm: allow('data-loss') })
  expect(await manager().analyze()).toEqual([])
  await client.script('drop schema lockstep cascade')
  expect(await manager().analyze()).toEqual([])
  expect((await witnessed(client)).split('\n')).toEqual((await witnessed(goal)).split('\n'))
}

test.each(Object.entries(pairs))('%s', async (_name, [one, other]) => {
  const made: TestDatabase[] = []
  const state = async (text: string) => {
    const database = await freshDatabase()
    made.push(database)
    await database.client.script(text)
    return database.client
  }
  try {
    const [here, there, back] = [await state(one), await state(other), await state(one)]
    await reach(here, there)
    await reach(here, back)
  } finally {
    for (const database of made) await database.drop()
  }
})
