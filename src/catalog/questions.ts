// The queries of the kinds as one message. What a database has none of is not asked for: planning a query costs the server more than running it.
import type { AnyKind, Server } from '../engine/kind.js'
import { id, join, literal, type Sql, sql } from '../sql/sql.js'
import { notedSchemas } from './ledger.js'

const cursor = (kind: AnyKind): string => `lockstep_${kind.name}`

/**
 * After openLedger: one DO that opens a cursor for each kind that says when it occurs, on its query where that is so, else on nothing;
 * then one result per kind, in their order.
 */
export function askKinds(kinds: readonly AnyKind[], server: Server): Sql {
  const noted = sql`(${notedSchemas})`
  const queries = kinds.map((kind) => {
    const query = kind.catalog.query(server, noted)
    return { kind, query, occurs: kind.catalog.occurs?.(sql`spaces`) }
  })
  const guarded = queries.filter(({ occurs }) => occurs !== undefined)
  const list = (items: readonly Sql[]) => join(items, ',\n    ').text
  // All rows are fetched: the whole query is what has to be quick, not its first rows.
  const body = `
declare
  asked refcursor; fraction text := current_setting('cursor_tuple_fraction');
  spaces oid[] := array(select oid from pg_namespace where nspname = any(${noted.text}));
  cursors text[] := array[${list(guarded.map(({ kind }) => literal(cursor(kind))))}]::text[];
  occurs bool[] := array[${list(guarded.flatMap(({ occurs }) => occurs ?? []))}]::bool[];
  queries text[] := array[${list(guarded.map(({ query }) => literal(query.text)))}]::text[];
begin
  perform set_config('cursor_tuple_fraction', '1', true);
  for i in 1 .. cardinality(cursors) loop
    asked := cursors[i];
    if occurs[i] then open asked for execute queries[i]; else open asked for select where false; end if;
  end loop;
  perform set_config('cursor_tuple_fraction', fraction, true);
end`
  const answers = queries.map(({ kind, query, occurs }) => {
    const name = id(cursor(kind))
    return occurs === undefined ? query : sql`fetch all from ${name}; close ${name}`
  })
  return join([sql`do ${literal(body)}`, ...answers], ';\n')
}
