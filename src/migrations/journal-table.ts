// The journal's two tables: what they hold, how they are made, and how an existing table that is none is told from them.

import { journalMark } from '../catalog/own-tables.js'
import type { DatabaseClient } from '../client/database-client.js'
import { MigrationError } from '../errors.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../sql/sql.js'

/** Where the journal is. */
export interface JournalPlace {
  readonly schemaName: string
  readonly tableName: string
}

const types: Readonly<Record<string, string>> = {
  int8: 'bigint',
  int4: 'integer',
  bool: 'boolean',
}

/** Column → type as pg_type calls it, and what follows the type. */
type Columns = Readonly<Record<string, readonly [type: string, more?: string]>>

const statuses = "('pending', 'running', 'completed', 'failed', 'rolled-back')"

const journal: Columns = {
  version: ['text', 'primary key'],
  name: ['text', 'not null'],
  file: ['text', 'not null'],
  description: ['text'],
  status: ['text', `not null check (status in ${statuses})`],
  applied_at: ['timestamptz'],
  rolled_back_at: ['timestamptz'],
  execution_time: ['int8'],
  error: ['text'],
  reversible: ['bool', 'not null default false'],
  batch: ['int4'],
  position: ['int8'],
  checksum: ['text', 'not null'],
  inverse: ['jsonb'],
  metadata: ['jsonb', "not null default '{}'"],
  triggered_by: ['text'],
  created_at: ['timestamptz', 'not null default now()'],
  updated_at: ['timestamptz', 'not null default now()'],
}

const history: Columns = {
  id: ['int8', 'generated always as identity primary key'],
  version: ['text', 'not null'],
  name: ['text', 'not null'],
  direction: ['text', "not null check (direction in ('up', 'down'))"],
  status: ['text', `not null check (status in ${statuses})`],
  batch: ['int4'],
  started_at: ['timestamptz', 'not null'],
  execution_time: ['int8'],
  error: ['text'],
  checksum: ['text'],
  triggered_by: ['text'],
  created_at: ['timestamptz', 'not null default now()'],
}

const historyName = (place: JournalPlace): string => `${place.tableName}_history`

export const journalTable = (place: JournalPlace): Sql => qualified(place.schemaName, place.tableName)
export const historyTable = (place: JournalPlace): Sql => qualified(place.schemaName, historyName(place))

const columnsSql = (columns: Columns): Sql =>
  join(
    Object.entries(columns).map(
      ([name, [type, more = '']]) => sql`${id(name)} ${raw(types[type] ?? type)} ${raw(more)}`,
    ),
    ',\n  ',
  )

/** Makes what is not there; under the migration lock. */
function creation(place: JournalPlace, missing: readonly string[]): string {
  const made = (name: string, columns: Columns) => {
    const table = qualified(place.schemaName, name)
    return [
      sql`create table ${table} (${columnsSql(columns)})`,
      sql`comment on table ${table} is ${literal(journalMark)}`,
    ]
  }
  const statements = [
    sql`create schema if not exists ${id(place.schemaName)}`,
    ...(missing.includes(place.tableName) ? made(place.tableName, journal) : []),
    ...(missing.includes(historyName(place)) ? made(historyName(place), history) : []),
  ]
  return join(statements, ';\n').text
}

/**
 * Which of the two tables are not there yet.
 * @throws JOURNAL_MISMATCH where a table of that name has other columns
 */
export async function missingTables(client: DatabaseClient, place: JournalPlace): Promise<readonly string[]> {
  const { rows } = await client.query<{ table_name: string; columns: Readonly<Record<string, string>> | null }>(
    `select c.relname as table_name, (select json_object_agg(a.attname, t.typname) from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname in ($2, $3)`,
    [place.schemaName, place.tableName, historyName(place)],
  )
  const wanted = [
    [place.tableName, journal],
    [historyName(place), history],
  ] as const
  return wanted.flatMap(([name, columns]) => {
    const found = rows.find((row) => row.table_name === name)
    if (!found) return [name]
    refuseOther(`${place.schemaName}.${name}`, columns, found.columns ?? {})
    return []
  })
}

function refuseOther(table: string, wanted: Columns, found: Readonly<Record<string, string>>): void {
  const shown = (type: string | undefined) => types[type ?? ''] ?? type
  const lines = [
    ...Object.entries(wanted).flatMap(([name, [type]]) =>
      found[name] === undefined
        ? [`  - ${name}: missing (${shown(type)})`]
        : found[name] !== type
          ? [`  - ${name}: ${shown(found[name])} instead of ${shown(type)}`]
          : [],
    ),
    ...Object.keys(found)
      .filter((name) => !(name in wanted))
      .map((name) => `  - ${name}: not one of the journal's columns (${shown(found[name])})`),
  ]
  const harmless = lines.every((line) => line.includes("not one of the journal's columns"))
  if (lines.length === 0 || harmless) return
  throw new MigrationError(
    'JOURNAL_MISMATCH',
    `The table ${table} is not a journal of Lockstep:\n${lines.join('\n')}`,
    {
      hint: 'Another tool made it, or somebody changed it. Give the journal another name (migrations: { tableName, schemaName }), or put the columns right.',
      details: { table, differences: lines.map((line) => line.slice(4)) },
    },
  )
}

/** Creates what is missing. @throws JOURNAL_MISMATCH */
export async function ensureTables(client: DatabaseClient, place: JournalPlace): Promise<void> {
  const missing = await missingTables(client, place)
  if (missing.length > 0) await client.script(creation(place, missing))
}
