// Lets PostgreSQL spell objects: builds copies in scratch schemas, reads them back with the kinds' own queries, rolls back.
import type { DatabaseClient } from '../client/database-client.js'
import type { AnyKind, SchemaObject } from '../engine/kind.js'
import type { Speller } from '../engine/ports.js'
import { type Entry, parentName, type SchemaState } from '../engine/state.js'
import { Scratch, type SpellerOptions } from './scratch.js'
import { pins } from './session-settings.js'

/** SQLSTATEs that say that this server or role cannot be asked at all. */
const cannotAsk = new Set(['42501', '25006', '0A000', '53000', '53100', '53200'])
/** Tables in one message, so that the scratch never fills the lock table. */
const batchSize = 400

interface Request {
  readonly index: number
  readonly entry: Entry
}

export function makeSpeller(options: SpellerOptions): Speller {
  return {
    async spell(entries) {
      // What is written alike over columns alike is spelled alike: it is asked once.
      const groups = new Map<string, Entry[]>()
      const columnsOf = columnTexts(options.desired)
      const hasColumns = ({ id }: Entry) => {
        const name = parentName(id)
        return name !== undefined && options.desired.named(name)?.kind.bare !== undefined
      }
      const signatures = entries.map((entry) => signature(entry, columnsOf, hasColumns))
      entries.forEach((entry, index) => {
        const alike = groups.get(signatures[index]!)
        if (alike) alike.push(entry)
        else groups.set(signatures[index]!, [entry])
      })
      const order = [...groups.keys()]
      const answers: (SchemaObject | undefined)[] = order.map(() => undefined)
      const requests = order.map((key, index) => ({ index, entry: groups.get(key)![0]! }))
      for (let at = 0; at < requests.length; at += batchSize)
        await ask(options, requests.slice(at, at + batchSize), answers)
      const byKey = new Map(order.map((key, index) => [key, answers[index]]))
      return entries.map((entry, index) => {
        const spelled = byKey.get(signatures[index]!)
        const { schemaName, table, name } = entry.object
        return (
          spelled && {
            ...spelled,
            ...(schemaName === undefined ? {} : { schemaName }),
            ...(table === undefined ? {} : { table }),
            name,
          }
        )
      })
    },
  }
}

type ColumnTexts = (entry: Entry) => readonly { readonly name: string; text(): string }[]

/** The columns that an entry's expressions may speak of, as text without their table; each is written once. */
function columnTexts(desired: SchemaState): ColumnTexts {
  const byTable = new Map<string, ReturnType<ColumnTexts>>()
  return ({ id }) => {
    if (id.table === undefined) return []
    const key = `${id.schemaName ?? ''}\u001f${id.table}`
    const known = byTable.get(key)
    if (known) return known
    const name = parentName(id)
    const parent = name && desired.named(name)
    const columns = (parent ? desired.born(parent.id) : []).flatMap((child) => {
      const { bare } = child.kind
      if (!bare) return []
      let text: string | undefined
      const write = () => {
        const { schemaName: _schema, table: _table, ...column } = bare(child.object) as SchemaObject
        return JSON.stringify(column)
      }
      return [{ name: child.id.name, text: () => (text ??= write()) }]
    })
    byTable.set(key, columns)
    return columns
  }
}

/** Everything that the spelling depends on: the object without its name, its schema's place in the search path, the columns that it may speak of. */
function signature(entry: Entry, columnsOf: ColumnTexts, hasColumns: (entry: Entry) => boolean): string {
  const { schemaName, table, name: _name, source: _source, ...rest } = entry.object
  const said = JSON.stringify(rest)
  // The columns of a view are no objects: only the same one has surely the same.
  const own = table !== undefined && (said.includes(table) || !hasColumns(entry)) ? table : ''
  let text = `${entry.kind.name}\u001f${schemaName ?? ''}\u001f${own}\u001f${said}`
  for (const column of columnsOf(entry)) if (said.includes(column.name)) text += `\u001f${column.text()}`
  return text
}

/** All at once; when something cannot be built, halves, until what cannot be built stands alone. */
async function ask(
  options: SpellerOptions,
  requests: readonly Request[],
  answers: (SchemaObject | undefined)[],
): Promise<void> {
  if (requests.length === 0) return
  try {
    for (const [index, object] of await build(options, requests)) answers[index] = object
  } catch (error) {
    const sqlstate = (error as { code?: string }).code ?? ''
    if (!/^[0-9A-Z]{5}$/.test(sqlstate)) throw error
    if (cannotAsk.has(sqlstate) || requests.length === 1) return
    const middle = requests.length >> 1
    await ask(options, requests.slice(0, middle), answers)
    await ask(options, requests.slice(middle), answers)
  }
}

async function build(
  options: SpellerOptions,
  requests: readonly Request[],
): Promise<readonly (readonly [number, SchemaObject])[]> {
  const scratch = new Scratch(options)
  const placed = requests.map(({ index, entry }) => ({ index, place: scratch.add(entry) }))
  const [open, undo] = options.within
    ? ['', 'rollback to savepoint lockstep_spell; release savepoint lockstep_spell']
    : [`begin; set local lock_timeout = '2s';\n${pins.text};\n`, 'rollback']
  const before = `${open}set local check_function_bodies = off;\n${scratch.statements().join(';\n')};\n`
  const kinds = [...new Set(requests.map(({ entry }) => entry.kind))]
  const state = await readBack(options, before, { schemas: [...scratch.origin.keys()], kinds }, undo)
  return placed.flatMap(({ index, place }) => {
    const found = state.entries.get(scratch.readAs(place))
    return found ? [[index, scratch.restore(found.object)] as const] : []
  })
}

async function readBack(
  { introspector, client, within }: SpellerOptions,
  before: string,
  what: { readonly schemas: readonly string[]; readonly kinds: readonly AnyKind[] },
  undo: string,
): Promise<SchemaState> {
  const run = async (session: DatabaseClient) => {
    try {
      return await introspector.readAfter(session, before, what, undo)
    } catch (error) {
      await session.script(undo).catch(() => undefined)
      throw error
    }
  }
  if (!within) return client.session(run)
  // By itself: a syntax error in the message that follows must find it there.
  await client.script('savepoint lockstep_spell')
  return run(client)
}
