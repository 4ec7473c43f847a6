// Lockstep's own schema: one row per object that a committed run declared or its hook made, and one per context.
import type { DatabaseClient, ScriptResult } from '../client/database-client.js'
import type { ObjectId } from '../engine/identity.js'
import type { Ledger, LedgerRow } from '../engine/scope.js'
import { id, literal, type Sql, sql } from '../sql/sql.js'

/** The state that the last committed run of a context left, as a whole: equal again means nothing to compare. */
export interface Head {
  readonly declared: string
  readonly catalog: string
}

export interface LedgerReading {
  readonly ledger: Ledger
  readonly head: Head | undefined
  readonly exists: boolean
}

export interface LedgerEntry extends Omit<LedgerRow, 'context'> {
  readonly id: ObjectId
  /** The schema that has to be read to see it: its own, or itself. */
  readonly schemaName: string | null
}

/** Statements that make the schema; each leaves what exists alone. */
export function createLedger(ownSchema: string): Sql {
  const own = id(ownSchema)
  return sql`create schema if not exists ${own};
create table if not exists ${own}.object (
  context text not null, identity text not null, schema_name text, origin text not null check (origin in ('model', 'hook')),
  declared_hash text not null, catalog_hash text not null, renamed_from text, since timestamptz not null default now(),
  primary key (context, identity)
);
create table if not exists ${own}.head (context text primary key, declared text not null, catalog text not null, at timestamptz not null default now());
`
}

const cursor = 'lockstep_ledger'

/**
 * One DO that opens a cursor on the ledger, or on nothing where there is none, and notes the schemas to read:
 * a plain SELECT would fail to parse without the table, and asking first would cost a round trip.
 */
export function openLedger(ownSchema: string, context: string, schemas: readonly string[], all: boolean): Sql {
  const own = id(ownSchema).text
  const given = literal(JSON.stringify(schemas)).text
  const who = literal(context).text
  const named = literal(ownSchema).text
  const body = `
declare ledger refcursor := ${literal(cursor).text}; names text[] := array(select json_array_elements_text(${given}::json)); more text[];
begin
  -- A role that may not read it gets the same answers as without it.
  if 2 = (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${named} and c.relname in ('object', 'head') and c.relkind = 'r'
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')) then
    execute ${literal(`select array_agg(distinct schema_name) from ${own}.object where context = ${who} and schema_name is not null`).text} into more;
    open ledger for execute ${
      literal(
        `select context, identity, origin, declared_hash, catalog_hash, renamed_from from ${own}.object union all select context, null, 'head', declared, catalog, null from ${own}.head where context = ${who} order by 2 nulls first`,
      ).text
    };
  else
    open ledger for select null::text, null::text, null::text, null::text, null::text, null::text;
  end if;
  ${all ? `select array_agg(nspname::text) into more from pg_namespace n where nspname !~ '^pg_' and nspname not in ('information_schema', ${literal(ownSchema).text}) and not exists (select from pg_depend d where d.classid = 2615 and d.objid = n.oid and d.deptype = 'e');` : ''}
  perform set_config('lockstep.schemas', (select coalesce(array_agg(distinct n), '{}')::text from unnest(names || coalesce(more, '{}')) n where n is not null), true);
end`
  return sql`do ${literal(body)};
fetch all from ${id(cursor)};
close ${id(cursor)}`
}

/** The expression that openLedger noted the schemas under. */
export const notedSchemas: Sql = sql`current_setting('lockstep.schemas')::text[]`

export function readLedger(result: ScriptResult, context: string): LedgerReading {
  const rows = new Map<string, LedgerRow>()
  const others = new Map<string, LedgerRow['origin']>()
  let head: Head | undefined
  let exists = true
  for (const [owner, key, origin, declaredHash, catalogHash, renamedFrom] of result.rows) {
    if (origin === null || origin === undefined) exists = false
    else if (origin === 'head') head = { declared: declaredHash ?? '', catalog: catalogHash ?? '' }
    else if (owner !== context) others.set(key ?? '', origin as LedgerRow['origin'])
    else
      rows.set(key ?? '', {
        context,
        key: key ?? '',
        origin: origin as LedgerRow['origin'],
        declaredHash: declaredHash ?? '',
        catalogHash: catalogHash ?? '',
        renamedFrom: renamedFrom ?? null,
      })
  }
  return { ledger: { rows, others }, head, exists }
}

/** Writes what changed, within the migration's transaction. */
export async function writeLedger(
  client: DatabaseClient,
  ownSchema: string,
  context: string,
  before: Ledger,
  after: readonly LedgerEntry[],
  head: Head,
): Promise<void> {
  const table = sql`${id(ownSchema)}.object`.text
  const kept = new Set(after.map((entry) => entry.key))
  const gone = [...before.rows.keys()].filter((key) => !kept.has(key))
  const changed = after.filter((entry) => {
    const row = before.rows.get(entry.key)
    return (
      !row ||
      row.declaredHash !== entry.declaredHash ||
      row.catalogHash !== entry.catalogHash ||
      row.origin !== entry.origin ||
      row.renamedFrom !== entry.renamedFrom
    )
  })
  if (gone.length > 0)
    await client.query(
      `delete from ${table} where context = $1 and identity in (select json_array_elements_text($2::json))`,
      [context, JSON.stringify(gone)],
    )
  if (changed.length > 0) {
    const rows = changed.map((entry) => ({
      i: entry.key,
      s: entry.schemaName ?? null,
      o: entry.origin,
      d: entry.declaredHash,
      c: entry.catalogHash,
      r: entry.renamedFrom,
    }))
    await client.query(
      `insert into ${table} (context, identity, schema_name, origin, declared_hash, catalog_hash, renamed_from)
       select $1, i, s, o, d, c, r from json_to_recordset($2::json) as t(i text, s text, o text, d text, c text, r text)
       on conflict (context, identity) do update set origin = excluded.origin, declared_hash = excluded.declared_hash, catalog_hash = excluded.catalog_hash, renamed_from = excluded.renamed_from`,
      [context, JSON.stringify(rows)],
    )
  }
  await client.query(
    `insert into ${id(ownSchema).text}.head (context, declared, catalog) values ($1, $2, $3)
     on conflict (context) do update set declared = excluded.declared, catalog = excluded.catalog, at = now() where (head.declared, head.catalog) is distinct from ($2, $3)`,
    [context, head.declared, head.catalog],
  )
}
