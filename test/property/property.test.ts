// Random schemas over every kind, random changes: a small number with a fixed seed.
// PROPERTY_RUNS and PROPERTY_SEED run more, go on after a failure, and print how often each field of each kind was touched.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { withDatabase } from '../support/database.js'
import type { Coverage } from './coverage.js'
import { prove } from './prove.js'
import { pairs } from './world.js'

const database = withDatabase()
const runs = Number(process.env.PROPERTY_RUNS ?? '')
const seed = Number(process.env.PROPERTY_SEED ?? '20261121')

test.runIf(!runs)(
  'any schema, changed into any other, and back',
  async () => {
    const { client } = await database()
    const { version } = await client.server()
    await fc.assert(
      fc.asyncProperty(pairs, async (pair) => {
        expect((await prove(pair, version)).kind).toMatch(/proved|rows/)
      }),
      { numRuns: 12, seed, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: false },
    )
  },
  120_000,
)

test.runIf(runs)(
  'as many as asked for',
  async () => {
    const { client } = await database()
    const { version } = await client.server()
    const coverage: Coverage = new Map()
    const totals = { proved: 0, rows: 0, failed: 0 }
    for (const [index, pair] of fc.sample(pairs, { numRuns: runs, seed }).entries()) {
      try {
        totals[(await prove(pair, version, coverage)).kind]++
      } catch (error) {
        totals.failed++
        console.log(`#${index} ${(error as Error).message}`)
      }
    }
    console.log(JSON.stringify(totals))
    for (const [field, row] of [...coverage].sort()) console.log(field, row.created, row.altered, row.dropped)
    expect(totals.failed).toBe(0)
  },
  10_800_000,
)

afterAll(async () => {
  const { client } = await database()
  await client.script('drop role if exists property_reader; drop role if exists property_writer').catch(() => undefined)
})
