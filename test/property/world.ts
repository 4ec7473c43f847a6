// Random schemas, each made from the one before by choosing some slots anew, and the databases in which they stand.
import fc from 'fast-check'
import type { DatabaseClient } from '../../src/index.js'
import { above } from './above.js'
import { access } from './access.js'
import { routines } from './routines.js'
import { type Choices, emit, type Slot } from './slots.js'
import { tables } from './tables.js'
import { trees } from './trees.js'
import { types } from './types.js'

/** PROPERTY_WITHOUT names slots to leave out, to look at the others. */
const without = new Set((process.env.PROPERTY_WITHOUT ?? '').split(','))
export const slots: readonly Slot[] = [...types, ...routines, ...tables, ...trees, ...above, ...access].filter(
  ({ name }) => !without.has(name),
)

/** From one schema to another one: the first, and what is chosen differently in the second. */
export interface Pair {
  readonly first: Choices
  readonly changes: Choices
  readonly rows: boolean
  /** How expressions of either side are spelled, where they are not taken from a database. */
  readonly hands: readonly [number, number]
}

/** What much stands on is seldom absent. */
const bases = new Set(['t', 'u', 'parted', 'schema app', 'mood', 'touch', 'v'])

const choice = ({ name, ways }: Slot) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: bases.has(name) ? 6 : 3, arbitrary: fc.integer({ min: 1, max: ways.length }) },
  )

const choices = (of: readonly Slot[]) => fc.record(Object.fromEntries(of.map((slot) => [slot.name, choice(slot)])))

const between = (least: number, most: number) =>
  fc.subarray([...slots], { minLength: Math.min(least, slots.length), maxLength: Math.min(most, slots.length) })

/** A few slots, many, nearly all. */
const some = fc.oneof(between(1, 5), between(6, 24), between(6, 24), between(25, slots.length))

const step = fc.noBias(
  fc.record({
    changes: some.chain(choices),
    rows: fc.boolean(),
    hand: fc.nat(),
  }),
)

/** Pairs in which each second schema is the next one's first. */
export function walk(seed: number, length: number): readonly Pair[] {
  const [start = {}] = fc.sample(fc.noBias(choices(slots)), { numRuns: 1, seed })
  const pairs: Pair[] = []
  for (const { changes, rows, hand } of fc.sample(step, { numRuns: length, seed })) {
    const last = pairs.at(-1)
    pairs.push({ first: last ? second(last) : start, changes, rows, hands: [last?.hands[1] ?? 0, hand] })
  }
  return pairs
}

export const second = ({ first, changes }: Pair): Choices => ({ ...first, ...changes })

/** One message that runs each text and leaves out what fails. */
const attempts = (texts: readonly string[]): string =>
  texts
    .map(
      (text, index) =>
        `do $try$ begin execute $text$${text}$text$; perform set_config('property.taken', current_setting('property.taken', true) || ',${index}', false); exception when others then null; end $try$`,
    )
    .join(';\n')

/** Returns what the server took. */
export async function attempt(client: DatabaseClient, texts: readonly string[]): Promise<readonly string[]> {
  const results = await client.script(
    `select set_config('property.taken', '', false);\n${attempts(texts)};\nselect current_setting('property.taken'); reset all`,
  )
  const taken = results.findLast(({ fields }) => fields[0] === 'current_setting')?.rows[0]?.[0] ?? ''
  return taken
    .split(',')
    .filter((index) => index !== '')
    .map((index) => texts[Number(index)]!)
}

/** Runs what the server takes; what does not fit together is left out, so that any choice is a schema. Returns what it took. */
export const load = (client: DatabaseClient, choices: Choices, version: number): Promise<readonly string[]> =>
  attempt(client, emit(slots, choices, version))

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
  "insert into typed (street, zip) values ('a street', '1')",
]

export async function seed(client: DatabaseClient): Promise<void> {
  await attempt(client, tries)
}

/** Takes the rows away again. */
export async function empty(client: DatabaseClient): Promise<void> {
  await client.script(`do $$ declare there text := (select string_agg(c::text, ', ') from unnest(array['t', 'u', 'parted', 'child', 'typed']) name, to_regclass(name) c where c is not null);
    begin perform set_config('session_replication_role', 'replica', true); if there is not null then execute 'truncate ' || there; end if; end $$`)
}
