// Who owns an object. Compared only where the desired side says it; what is made again gets its owner back.
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, raw, sql } from '../../sql/sql.js'
import { type Owner, ownerId, ownerKind } from '../privileges.js'
import { roleName } from '../roles.js'

export interface SetOwner extends OperationBase {
  readonly type: 'set_owner'
  readonly on: Owner['on']
  /** The object as ALTER … OWNER TO addresses it. */
  readonly address: string
  readonly owner: string
  /** null: whoever makes it. */
  readonly was: string | null
}

const shown = (on: Owner['on']): string => display(on)

const publicSchema: Owner['on'] = { kind: 'schema', name: 'public' }

export const owners: ObjectKind<Owner, SetOwner, { about: string; is_public: string; owner: string }> = {
  name: ownerKind,
  optional: true,
  // Who owns a view may lack the rights that making something over it takes.
  last: true,
  identify: ({ on }) => ownerId(on),
  names: ({ on }) => [{ ...ownerId(on), space: ownerKind }],
  roles: ({ owner }) => [owner],
  declare: () => [],
  catalog: {
    query: (_server, schemas) => sql`
      with s as (select n.oid, n.nspname, n.nspowner from pg_namespace n where n.nspname = any(${schemas}))
      select x.about, x.about = '2615:' || coalesce((select oid from s where nspname = 'public'), 0) || ':0' as is_public, ${roleName(sql`x.owner`)} as owner, 'owner:' || x.about as addresses
      from (
        select '2615:' || s.oid || ':0', s.nspowner from s
        union all select '1259:' || c.oid || ':0', c.relowner from pg_class c join s on s.oid = c.relnamespace
          where c.relkind in ('r', 'p', 'v', 'm', 'f') or c.relkind = 'S' and not exists (select from pg_depend d where d.classid = 1259 and d.objid = c.oid and d.refclassid = 1259 and d.deptype in ('a', 'i'))
        union all select '1255:' || p.oid || ':0', p.proowner from pg_proc p join s on s.oid = p.pronamespace
        union all select '1247:' || t.oid || ':0', t.typowner from pg_type t join s on s.oid = t.typnamespace where t.typrelid = 0 and t.typcategory <> 'A'
          or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')
        union all select '3381:' || x.oid || ':0', x.stxowner from pg_statistic_ext x join s on s.oid = x.stxnamespace
      ) x(about, owner) order by 1`,
    read: (row, _server, resolve) => {
      const on = resolve(row.about) ?? (row.is_public === 't' ? publicSchema : undefined)
      return on && { on, schemaName: on.schemaName, table: on.table, name: on.name, owner: row.owner }
    },
  },
  differences: (current, desired) => differing(current, desired, ['owner']),
  create: (one, side) => [
    { type: 'set_owner', on: one.on, address: side.address(one.on).text, owner: one.owner, was: null },
  ],
  alter: (current, desired, _changed, side) => [
    {
      type: 'set_owner',
      on: desired.on,
      address: side.address(desired.on).text,
      owner: desired.owner,
      was: current.owner,
    },
  ],
  // Somebody has to own it: the owner stays.
  drop: () => [],
  given: (made, side) => (side.server.user === undefined ? [] : [{ ...about(made), owner: side.server.user }]),
  operations: {
    set_owner: {
      describe: (op) => `Set owner of ${op.on.kind.replaceAll('-', ' ')} '${shown(op.on)}' to ${op.owner}`,
      sql: (op) => sql`alter ${raw(op.address)} owner to ${id(op.owner)}`,
      inverse: (op) => (op.was === null ? [] : [{ ...op, owner: op.was, was: op.owner }]),
    },
  },
}

const about = (on: Owner['on']): Omit<Owner, 'owner'> => ({
  on,
  schemaName: on.schemaName,
  table: on.table,
  name: on.name,
})
