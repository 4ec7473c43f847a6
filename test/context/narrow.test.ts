// What is refused or warned of before anything is sent: a schema that nobody knows, bounds that a sequence may stand outside of.
import { expect, test } from 'vitest'
import { DbSchemaManager } from '../../src/context/schema-manager.js'
import { type DatabaseClient, DbContext, type DbModelConfig } from '../../src/index.js'
import { withDatabase } from '../support/database.js'

const database = withDatabase()

test('a snapshot of a schema that is not there', async () => {
  const { client } = await database()
  await client.script('create schema app; create table app.t (id integer)')
  const of = (...schemas: readonly string[]) =>
    new DbSchemaManager(client, { type: 'database', client, label: 'it' }, { schemas }).desiredSnapshot()
  await expect(of('app', 'ap')).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining("'ap'"),
    hint: expect.stringContaining('app'),
  })
  expect(JSON.stringify(await of('app', 'public'))).toContain('"name":"t"')
})

const numbers = (client: DatabaseClient, options: Parameters<DbModelConfig['sequence']>[1]) =>
  new (class Numbers extends DbContext {
    protected override setupModel(model: DbModelConfig): void {
      model.sequence('numbers', options)
    }
  })(client).getSchemaManager()

test('narrower bounds of a sequence may fail, and say so; wider ones do not', async () => {
  const { client } = await database()
  await numbers(client, { maxValue: 100 }).migrate()
  await client.query("select setval('numbers', 50)")
  const risks = async (options: Parameters<DbModelConfig['sequence']>[1]) =>
    (await numbers(client, options).plan()).steps.flatMap((step) => step.risks.map(({ code }) => code))
  expect(await risks({ maxValue: 200 })).toEqual([])
  expect(await risks({ maxValue: 100, minValue: -5 })).toEqual([])
  expect(await risks({ maxValue: 100, cache: 5 })).toEqual([])
  expect(await risks({ maxValue: 40 })).toEqual(['NARROWS_SEQUENCE'])
  expect(await risks({ maxValue: 100, minValue: 60 })).toEqual([])
  await expect(numbers(client, { maxValue: 40 }).migrate()).rejects.toMatchObject({
    details: { failed: { sqlstate: '22023' } },
  })
  await numbers(client, { maxValue: 60 }).migrate()
})
