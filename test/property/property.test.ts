// Random schemas over every kind, random changes: a small number with a fixed seed.
// PROPERTY_RUNS and PROPERTY_SEED run more, go on after a failure, and print how often each field of each kind was touched.
import { afterAll, expect, test } from 'vitest'
import { Coverage } from './coverage.js'
import { leaveAll, makeSpace } from './ground.js'
import { type Journey, travel } from './prove.js'
import { shrunk, signature } from './shrunk.js'
import { build, type Station } from './stations.js'
import { type Pair, second, walk } from './world.js'

const runs = Number(process.env.PROPERTY_RUNS ?? '')
const seed = Number(process.env.PROPERTY_SEED ?? '20261121')

interface Failure {
  readonly index: number
  readonly pair: Pair
  readonly error: unknown
}

/** Each station is reached from the one before; after a failure the walk goes on from what is left. */
async function along(
  pairs: readonly Pair[],
  reached: (index: number, journey: Journey) => void,
  failed: (failure: Failure) => Promise<void>,
): Promise<void> {
  let from: Station | undefined
  for (const [index, pair] of pairs.entries()) {
    let to: Station | undefined
    try {
      from ??= await build(pair.first, pair.hands[0])
      to = await build(second(pair), pair.hands[1])
      reached(index, await travel(from, to, pair))
    } catch (error) {
      await failed({ index, pair, error })
    } finally {
      await from?.drop()
      from = to
    }
  }
  await from?.drop()
}

test.runIf(!runs)(
  'any schema, changed into any other, and back',
  async () => {
    await along(
      walk(seed, 6),
      () => undefined,
      async ({ pair, error }) => {
        throw (await shrunk(pair, signature(error), Date.now() + 60_000)) ?? error
      },
    )
  },
  120_000,
)

test.runIf(runs)(
  'as many as asked for',
  async () => {
    const start = Date.now()
    await makeSpace()
    const coverage = new Coverage()
    const totals = { proved: 0, rows: 0, refused: 0, failed: 0 }
    const seen = new Map<string, number>()
    await along(
      walk(seed, runs),
      (index, { outcome, from, to }) => {
        totals[outcome]++
        if (outcome !== 'refused') coverage.add(from.state, to.state)
        if (index % 50 === 49) console.log(JSON.stringify(totals))
      },
      async ({ index, pair, error }) => {
        totals.failed++
        const cause = signature(error)
        const times = (seen.get(cause) ?? 0) + 1
        seen.set(cause, times)
        const small = times === 1 ? await shrunk(pair, cause, Date.now() + 45_000) : undefined
        console.log(`#${index} ${cause}\n${small || times === 1 ? ((small ?? error) as Error).message : ''}`)
      },
    )
    console.log(`${JSON.stringify(totals)}, ${Math.round((Date.now() - start) / 1000)} s`)
    for (const line of coverage.lines()) console.log(line)
    expect(totals.failed).toBe(0)
  },
  10_800_000,
)

afterAll(leaveAll)
