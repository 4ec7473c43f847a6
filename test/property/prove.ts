// The proof of one pair: from the first to the second, nothing left, as if made afresh, rows kept, and back again.
import { type DatabaseClient, ExecutionError, LockstepError, type Plan } from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { stateOf } from './coverage.js'
import { Broken, build, go, type Station, same, settled, shown, toward } from './stations.js'
import { attempt, empty, type Pair, second, seed } from './world.js'

/**
 * `rows`: the rows of the first did not fit the second, and the migration was rolled back; proved again without rows.
 * `refused`: PostgreSQL itself cannot fill the goal again either.
 */
export type Outcome = 'proved' | 'rows' | 'refused'

export interface Journey {
  readonly outcome: Outcome
  /** As it was when the migration began. */
  readonly from: Station
  readonly to: Station
}

/** What may stop a migration over rows, where its plan has said so. */
const becauseOfRows = (error: unknown): boolean =>
  (error instanceof ExecutionError && /^(22|23|0A000)/.test(error.failed.sqlstate ?? '')) ||
  (error instanceof LockstepError && error.code === 'VALUES_IN_USE')

async function rowsOf(client: DatabaseClient): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const table of ['t', 'u', 'parted', 'child']) {
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])
    if (rows[0]?.there)
      found.set(
        table,
        Number((await client.query<{ n: string }>(`select count(*) as n from only ${table}`)).rows[0]?.n),
      )
  }
  return found
}

function keptRows(plan: Plan, before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): void {
  for (const [table, count] of before) {
    const lossy = plan.steps.some(
      ({ object, risks }) =>
        (object.table ?? object.name).startsWith(table) && risks.some(({ level }) => level === 'data-loss'),
    )
    // A partitioned table without rows of its own goes unasked.
    if (!lossy && (now.get(table) ?? 0) !== count)
      throw new Broken(`${count} rows of '${table}' became ${now.get(table)}`)
  }
}

/** False: its rows stopped it, and nothing was changed. */
async function overRows(from: Station, to: Station): Promise<boolean> {
  const { reached } = from
  await seed(reached)
  const rows = await rowsOf(reached)
  const manager = toward(reached, to.byHand)
  try {
    const { plan } = await go(manager)
    keptRows(plan, rows, await rowsOf(reached))
    return true
  } catch (error) {
    if (!becauseOfRows(error)) throw error
    if ((await witnessed(reached)) !== from.witness)
      throw new Broken(`a migration that failed was not rolled back: ${(error as Error).message}`)
    await empty(reached)
    return false
  }
}

/** What no schema says and a database may have: an index that was not built to its end, an extension of an older version. */
const worn = [
  "update pg_index set indisvalid = false where indexrelid = to_regclass('t_ix')",
  "drop extension pg_trgm; create extension pg_trgm version '1.5'",
]

async function wear(station: Station): Promise<Station> {
  await attempt(station.reached, worn)
  return { ...station, witness: await witnessed(station.reached), state: await stateOf(station.reached) }
}

/** It was filled before the owner of what it reads or calls lost the right to, or before a policy came to read it: PostgreSQL fills it no more, in the goal neither. */
async function unfillable(error: unknown, goals: readonly DatabaseClient[]): Promise<boolean> {
  if (!(error instanceof ExecutionError) || !/^42(501|P17)$/.test(error.failed.sqlstate ?? '')) return false
  const [, kind, name] = /^Create (materialized view|index) '([\w.]+)'/.exec(error.failed.description ?? '') ?? []
  if (name === undefined) return false
  const refuses = kind === 'index' ? callsWhatItMayNot : refusesToFill
  return (await Promise.all(goals.map((goal) => refuses(goal, name)))).includes(true)
}

const refusesToFill = (goal: DatabaseClient, view: string): Promise<boolean> =>
  goal.script(`refresh materialized view ${view}`).then(
    () => false,
    (cause: unknown) => /permission denied|infinite recursion/.test(String(cause)),
  )

/** Functions of an index are called as the owner of its table, and for rows alone that are there or were. */
async function callsWhatItMayNot(goal: DatabaseClient, index: string): Promise<boolean> {
  const { rowCount } = await goal.query(`select from pg_depend d join pg_class c on c.oid = d.objid
    where c.oid = to_regclass('${index}') and d.refclassid = 'pg_proc'::regclass and not has_function_privilege(c.relowner, d.refobjid, 'execute')`)
  return (rowCount ?? 0) > 0
}

/** From one station to another; the first one's database is used up. */
export async function travel(start: Station, to: Station, { rows, hands }: Pair): Promise<Journey> {
  const { reached } = start
  let from = start
  try {
    if (hands[0] % 5 === 0) from = await wear(start)
    const forth = toward(reached, to.byHand)
    const held = rows && (await overRows(from, to))
    if (!held) await go(forth)
    await settled('the second', reached, forth)
    same('the second, reached and made afresh', to.witness, await witnessed(reached))
    if (!held) {
      const back = toward(reached, from.byHand)
      await go(back)
      same('the first, before and after', start.witness, await witnessed(reached))
    }
    return { outcome: held === rows ? 'proved' : 'rows', from, to }
  } catch (error) {
    if (await unfillable(error, [to.byHand, from.byHand])) return { outcome: 'refused', from, to }
    throw shown(
      error,
      `-- first\n${from.taken.join(';\n')};\n\n-- second\n${to.taken.join(';\n')};\n\n-- rows: ${rows}`,
    )
  }
}

/** On its own, from nothing. */
export async function prove(pair: Pair): Promise<Journey> {
  const from = await build(pair.first, pair.hands[0])
  try {
    const to = await build(second(pair), pair.hands[1])
    try {
      return await travel(from, to, pair)
    } finally {
      await to.drop()
    }
  } finally {
    await from.drop()
  }
}
