// Two random schemas that differ in some slots, and the databases in which they stand.
import fc from 'fast-check'
import type { DatabaseClient } from '../../src/index.js'
import { above } from './above.js'
import { type Choices, emit, type Slot } from './slots.js'
import { tables } from './tables.js'
import { types } from './types.js'

/** PROPERTY_WITHOUT names slots to leave out, to look at the others. */
const without = new Set((process.env.PROPERTY_WITHOUT ?? '').split(','))
export const slots: readonly Slot[] = [...types, ...tables, ...above].filter(({ name }) => !without.has(name))

/** From one schema to another one: the first, and what is chosen differently in the second. */
export interface Pair {
  readonly first: Choices
  readonly changes: Choices
  readonly rows: boolean
}

const choice = ({ ways }: Slot) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: ways.length }) })

const choices = (of: readonly Slot[]) => fc.record(Object.fromEntries(of.map((slot) => [slot.name, choice(slot)])))

export const pairs: fc.Arbitrary<Pair> = fc.record({
  first: choices(slots),
  changes: fc.subarray([...slots], { minLength: 1, maxLength: 14 }).chain(choices),
  rows: fc.boolean(),
})

export const second = ({ first, changes }: Pair): Choices => ({ ...first, ...changes })

export const scriptOf = (choices: Choices, version: number): readonly string[] => emit(slots, choices, version)

export const roles =
  "do $$ declare r text; begin foreach r in array array['property_reader', 'property_writer'] loop if not exists (select from pg_roles where rolname = r) then execute format('create role %I', r); end if; end loop; end $$"

/** Runs what the server takes; what does not fit together is left out, so that any choice is a schema. */
export async function load(client: DatabaseClient, choices: Choices, version: number): Promise<void> {
  await client.session(async (session) => {
    for (const text of scriptOf(choices, version)) {
      try {
        await session.script(`begin; ${text}; commit`)
      } catch {
        await session.script('rollback')
      }
    }
  })
}

const tries = [
  'insert into t (id) values (1)',
  "insert into t (id, b) values (2, 'kept')",
  'insert into t (id, a) values (3, 3)',
  "insert into t (id, c) values (4, 'ok')",
  "insert into t (id, c) values (5, 'sad')",
  "insert into t (id, c) values (6, '{ok}')",
  "insert into u (id, b) values (1, 'x')",
  'insert into u (id, a) values (2, 7)',
  "insert into parted (id, at) values (1, '2024-01-01')",
  'insert into child (id, extra) values (9, 1)',
]

export async function seed(client: DatabaseClient): Promise<void> {
  await client.session(async (session) => {
    for (const text of tries) {
      try {
        await session.script(`begin; ${text}; commit`)
      } catch {
        await session.script('rollback')
      }
    }
  })
}
