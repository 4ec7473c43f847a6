// One schema twice: made by hand, and reached by Lockstep from nothing, sometimes from expressions in another spelling.

import type { DesiredSource } from '../../src/context/sources.js'
import { allow, type DatabaseClient, DbSchemaManager } from '../../src/index.js'
import { restored } from '../../src/sql/expression.js'
import { witnessed } from '../support/case-runner.js'
import { type State, stateOf } from './coverage.js'
import { ground, leave } from './ground.js'
import { respelled } from './respelled.js'
import type { Choices } from './slots.js'
import { load } from './world.js'

/** What is not as it has to be. */
export class Broken extends Error {}

export interface Station {
  readonly byHand: DatabaseClient
  readonly reached: DatabaseClient
  readonly taken: readonly string[]
  readonly witness: string
  readonly state: State
  drop(): Promise<void>
}

const options = {
  undeclared: 'drop',
  schemas: 'all',
  filter: { exclude: ['lockstep_kept', 'lockstep_kept.*'], alsoKinds: ['owner'] },
} as const

export const toward = (client: DatabaseClient, desired: DatabaseClient): DbSchemaManager =>
  new DbSchemaManager(client, { type: 'database', client: desired, label: 'desired' }, options)

export const go = (manager: DbSchemaManager) => manager.migrate({ confirm: allow('data-loss') })

/** Nothing is left to do, with the ledger and without it. */
export async function settled(what: string, client: DatabaseClient, manager: DbSchemaManager): Promise<void> {
  const show = (operations: readonly unknown[]) => JSON.stringify(operations).slice(0, 1500)
  const left = await manager.analyze()
  if (left.length > 0) throw new Broken(`${what}, analysed again: ${show(left)}`)
  await client.script('alter schema lockstep rename to lockstep_kept')
  const without = await manager.analyze()
  await client.script('alter schema lockstep_kept rename to lockstep')
  if (without.length > 0) throw new Broken(`${what}, analysed without the ledger: ${show(without)}`)
}

/**
 * What is not compared: whether what a child has from its parent is its own too (nothing takes that back once it was tied later), whether
 * a parent's check or NOT NULL that is not valid is so on the child; and a list over varchar that stands as it would after a dump.
 */
const comparable = (line: string): string =>
  restored(line)
    .replace(/( (?:true|false) (?:true|false) (?:true|false)) local \w+$/, '$1')
    .replace(/^(constraint public\.child\.(?:t_check|t_given) .*?)(?: NOT VALID)?( \w+ \w+) \w+$/, '$1$2')

export function same(what: string, a: string, b: string): void {
  if (a === b) return
  const [left, right] = [a.split('\n').map(comparable), b.split('\n').map(comparable)]
  const [inLeft, inRight] = [new Set(left), new Set(right)]
  const apart = [
    ...left.filter((line) => !inRight.has(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !inLeft.has(line)).map((line) => `+ ${line}`),
  ]
  if (apart.length > 0) throw new Broken(`${what}:\n${apart.slice(0, 12).join('\n')}`)
}

/** Odd hands write expressions in their own way. */
async function reach(reached: DatabaseClient, byHand: DatabaseClient, hand: number): Promise<void> {
  const manager = toward(reached, byHand)
  if (hand % 2 === 1) {
    const snapshot = respelled(await manager.desiredSnapshot(), hand)
    const source: DesiredSource = { type: 'snapshot', snapshot, label: 'spelled by hand' }
    const other = new DbSchemaManager(reached, source, options)
    await go(other)
    await settled('spelled by hand', reached, other)
  }
  await go(manager)
  await settled('made', reached, manager)
}

export async function build(choices: Choices, hand: number): Promise<Station> {
  const [byHand, reached] = [await ground(), await ground()]
  const drop = async () => {
    await leave(byHand)
    await leave(reached)
  }
  let taken: readonly string[] = []
  try {
    taken = await load(byHand, choices, (await byHand.server()).version)
    await reach(reached, byHand, hand)
    const witness = await witnessed(reached)
    same('made by hand and by Lockstep', await witnessed(byHand), witness)
    return { byHand, reached, taken, witness, state: await stateOf(byHand), drop }
  } catch (error) {
    await drop()
    throw shown(error, `-- wanted\n${taken.join(';\n')};`)
  }
}

/** The same error, with what it was about. */
export function shown(error: unknown, about: string): unknown {
  if (error instanceof Error) error.message = `${error.message}\n\n${about}\n`
  return error
}
