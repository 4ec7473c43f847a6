// The proof of one pair: apply the first, go to the second, nothing left, as if made afresh, rows kept, and back again.
import {
  allow,
  type DatabaseClient,
  DbSchemaManager,
  ExecutionError,
  LockstepError,
  type Plan,
} from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { freshDatabase, type TestDatabase } from '../support/database.js'
import { type Coverage, cover } from './coverage.js'
import { load, type Pair, roles, scriptOf, second, seed } from './world.js'

export interface Outcome {
  /** `rows`: the rows of the first did not fit the second, which a risk had said; proved again without rows. */
  readonly kind: 'proved' | 'rows'
  readonly plan: Plan
}

const manager = (client: DatabaseClient, desired: DatabaseClient): DbSchemaManager =>
  new DbSchemaManager(
    client,
    { type: 'database', client: desired, label: 'desired' },
    { undeclared: 'drop', schemas: 'all', filter: { exclude: ['lockstep_kept', 'lockstep_kept.*'] } },
  )

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

/** The texts of constraints and the like that PostgreSQL prints anew each time it reads them. */
const settledLine = (line: string): boolean => !/ARRAY\[/.test(line)

export class Broken extends Error {}

const same = (what: string, a: string, b: string): void => {
  const [left, right] = [a.split('\n'), b.split('\n')]
  const apart = [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
  ].filter(settledLine)
  if (apart.length > 0) throw new Broken(`${what}:\n${apart.slice(0, 12).join('\n')}`)
}

async function settled(what: string, client: DatabaseClient, desired: DatabaseClient): Promise<void> {
  const show = (operations: readonly unknown[]) => JSON.stringify(operations).slice(0, 1200)
  const left = await manager(client, desired).analyze()
  if (left.length > 0) throw new Broken(`${what}, analysed again: ${show(left)}`)
  await client.script('alter schema lockstep rename to lockstep_kept')
  const without = await manager(client, desired).analyze()
  await client.script('alter schema lockstep_kept rename to lockstep')
  if (without.length > 0) throw new Broken(`${what}, analysed without the ledger: ${show(without)}`)
}

export async function prove(pair: Pair, version: number, coverage?: Coverage): Promise<Outcome> {
  const made: TestDatabase[] = []
  const database = async () => {
    const one = await freshDatabase()
    made.push(one)
    return one.client
  }
  try {
    const [before, after, target, fresh] = [await database(), await database(), await database(), await database()]
    await before.script(roles)
    await load(before, pair.first, version)
    await load(after, second(pair), version)
    if (coverage) await cover(coverage, before, after)
    const go = (client: DatabaseClient, desired: DatabaseClient) =>
      manager(client, desired).migrate({ confirm: allow('data-loss') })

    await go(target, before)
    await settled('the first', target, before)
    const first = await witnessed(target)
    same('the first, made by hand and by Lockstep', await witnessed(before), first)

    if (pair.rows) await seed(target)
    const rows = await rowsOf(target)
    const plan = await manager(target, after).plan()
    try {
      await go(target, after)
    } catch (error) {
      if (!pair.rows || !becauseOfRows(error)) throw error
      if (await untouched(target, first)) return { ...(await prove({ ...pair, rows: false }, version)), kind: 'rows' }
      throw new Broken(`a migration that failed was not rolled back: ${(error as Error).message}`)
    }
    await settled('the second', target, after)
    await go(fresh, after)
    same('the second, reached and made afresh', await witnessed(fresh), await witnessed(target))
    const now = await rowsOf(target)
    for (const [table, count] of rows) {
      const lossy = plan.steps.some(
        ({ object, risks }) =>
          (object.table ?? object.name).startsWith(table) && risks.some(({ level }) => level === 'data-loss'),
      )
      if (!lossy && now.get(table) !== count) throw new Broken(`${count} rows of '${table}' became ${now.get(table)}`)
    }

    if (!pair.rows) {
      await go(target, before)
      await settled('back at the first', target, before)
      same('the first, before and after', first, await witnessed(target))
    }
    return { kind: 'proved', plan }
  } catch (error) {
    const failure = error as Error
    failure.message = `${failure.message}\n\n-- first\n${scriptOf(pair.first, version).join(';\n')};\n\n-- second\n${scriptOf(second(pair), version).join(';\n')};\n\n-- rows: ${pair.rows}\n`
    throw failure
  } finally {
    for (const one of made) await one.drop()
  }
}

const untouched = async (client: DatabaseClient, before: string): Promise<boolean> =>
  (await witnessed(client)) === before
