// Databases to build on: emptied and used again, for making one costs more than proving a pair does.
import type { DatabaseClient } from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { dropRoles, freshDatabase, type TestDatabase } from '../support/database.js'

const roleNames = ['property_reader', 'property_writer']

/** What stands in every one of them and is not managed: roles, an access method, a transform. */
const setup = [
  ...roleNames.map(
    (role) => `do $$ begin create role ${role}; exception when duplicate_object or unique_violation then null; end $$`,
  ),
  'create access method heap2 type table handler heap_tableam_handler',
  'create transform for integer language sql (from sql with function prsd_lextype(internal), to sql with function int4recv(internal))',
].join(';\n')

/** Takes everything away again that the slots or Lockstep have made. */
const clearing = `do $clear$
declare one text;
begin
  for one in
    select unnest(array_agg(step order by place, step)) from (
      select 1 as place, format('drop extension if exists %I cascade', extname) as step from pg_extension where extname <> 'plpgsql'
      union all
      select 2, format('drop schema %I cascade', nspname) from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
      union all
      select case relkind when 'S' then 4 else 3 end, format('drop %s if exists public.%I cascade', case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, relname)
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      union all
      select 5, format('drop routine if exists %s cascade', oid::regprocedure) from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select 4, format('drop type if exists public.%I cascade', typname) from pg_type where typnamespace = 'public'::regnamespace and (typtype in ('e', 'd', 'r') or typrelid <> 0)
      union all
      select 6, format('drop collation if exists public.%I cascade', collname) from pg_collation where collnamespace = 'public'::regnamespace
    ) steps
  loop
    begin
      execute one;
    exception when undefined_object or undefined_function or undefined_table or wrong_object_type or dependent_objects_still_exist then null;
    end;
  end loop;
  drop owned by ${roleNames.join(', ')} cascade;
  alter default privileges grant execute on functions to public;
  alter default privileges revoke usage on sequences from ${roleNames.join(', ')};
  execute format('grant %s on schema public to public', case when current_setting('server_version_num')::integer >= 150000 then 'usage' else 'usage, create' end);
end $clear$`

interface Used {
  readonly database: TestDatabase
  readonly witness: string
  times: number
}

const free: Used[] = []
const taken = new Map<DatabaseClient, Used>()

/** An empty database. */
export async function ground(): Promise<DatabaseClient> {
  const used = free.pop() ?? (await made())
  taken.set(used.database.client, used)
  return used.database.client
}

async function made(): Promise<Used> {
  const database = await freshDatabase()
  await database.client.script(setup)
  return { database, witness: await witnessed(database.client), times: 0 }
}

/** Empties it for the next one; where something stays, or after many times, it goes for good. */
export async function leave(client: DatabaseClient): Promise<void> {
  const used = taken.get(client)
  if (!used) return
  taken.delete(client)
  const empty = await client.script(clearing).then(
    async () => (await witnessed(client)) === used.witness,
    () => false,
  )
  if (!empty) console.log('a database was not emptied')
  if (empty && ++used.times < 60) free.push(used)
  else await used.database.drop()
}

export async function leaveAll(): Promise<void> {
  for (const { database } of [...free.splice(0), ...taken.values()]) await database.drop()
  taken.clear()
  if (space) await dropSpace()
  await dropRoles(roleNames)
}

let space = false

/** A tablespace within the server's own directory, where the server can have one. */
export async function makeSpace(): Promise<void> {
  const { client, drop } = await freshDatabase()
  await client
    .session(async (session) => {
      await session.script('set allow_in_place_tablespaces = on')
      await session.script("create tablespace property_space location ''")
      space = true
    })
    .catch(() => undefined)
  await drop()
}

async function dropSpace(): Promise<void> {
  const { client, drop } = await freshDatabase()
  await client.script('drop tablespace property_space').catch(() => undefined)
  await drop()
}
