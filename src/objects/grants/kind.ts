// Grants on objects: per object and grantee all that it may do, where that is not what PostgreSQL gives by itself. Attached: they come back with their object.
import type { ObjectId } from '../../engine/identity.js'
import type { ObjectKind, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { literal, sql } from '../../sql/sql.js'
import { columnCountedBy, identitySequence } from '../identity-sequence.js'
import {
  allPrivileges,
  type DefaultPrivilege,
  defaultPrivilegeKind,
  type Grantable,
  grantTarget,
  type Held,
  heldJson,
  type Owner,
  ownerId,
  ownerKind,
  readHeld,
  usual,
} from '../privileges.js'
import { realRoles, roleName } from '../roles.js'
import { type ColumnHeld, type GivenGrant, type Grant, grantKind } from './grant.js'
import { type GrantOperation, grantOperations, grantSteps } from './operations.js'

export interface GrantRow {
  about: string
  object_type: string
  schema_name: string
  name: string
  grantee: string
  of_owner: string
  held: string
  columns: string
}

/** The schema that is there from the beginning is no object of ours; what may be done with it is. */
const publicSchema: ObjectId = { kind: 'schema', name: 'public' }
const isPublicSchema = (on: ObjectId): boolean => on.schemaName === undefined && on.name === publicSchema.name

/** What a new object gives to the grantee, without default privileges. */
function base(grant: Grant, version: number): Pick<Grant, 'privileges' | 'grantable' | 'parts'> {
  if (grant.objectType === 'schema' && isPublicSchema(grant.on) && grant.grantee === 'public')
    return { privileges: version >= 150000 ? ['usage'] : ['create', 'usage'], grantable: [], parts: null }
  return { ...usual(grant.objectType, grant.grantee, grant.ofOwner === true, { version }), parts: null }
}

/** Whoever owns a table owns the sequences of its identities. */
const ownerOf = (on: ObjectId): ObjectId =>
  ownerId(on.table === undefined ? on : { kind: 'table', schemaName: on.schemaName, name: on.table })

const part = (on: ObjectId, columns: readonly ColumnHeld[]): Grant['parts'] =>
  columns.length === 0 ? null : { schemaName: on.schemaName ?? '', table: on.name, columns }

const identify = ({ on, schemaName, table, name, grantee }: Grant): ObjectId => ({
  kind: grantKind,
  ...(schemaName === undefined ? {} : { schemaName }),
  ...(table === undefined ? {} : { table }),
  name,
  arguments: `${on.kind}${on.arguments === undefined ? '' : ` ${on.arguments}`} to ${grantee}`,
})

const about = (on: ObjectId): Pick<Grant, 'on' | 'schemaName' | 'table' | 'name'> => ({
  on,
  ...(on.schemaName === undefined ? {} : { schemaName: on.schemaName }),
  ...(on.table === undefined ? {} : { table: on.table }),
  name: on.name,
})

const none = { privileges: [], grantable: [], parts: null } as const

/** Privileges that single columns can have. */
const columnPrivileges: readonly string[] = ['insert', 'references', 'select', 'update']

const merged = (grant: Grant, held: Held): Grant => ({
  ...grant,
  privileges: sorted([...grant.privileges, ...held.privileges]),
  grantable: sorted([...grant.grantable, ...held.grantable]),
})

function withColumns(grant: Grant, columns: readonly string[], held: Held): Grant {
  const known = new Map((grant.parts?.columns ?? []).map((one) => [one.column, one]))
  for (const column of columns) {
    const { privileges = [], grantable = [] } = known.get(column) ?? {}
    known.set(column, {
      column,
      privileges: sorted([...privileges, ...held.privileges]),
      grantable: sorted([...grantable, ...held.grantable]),
    })
  }
  return {
    ...grant,
    parts: part(
      grant.on,
      [...known.values()].sort((a, b) => (a.column < b.column ? -1 : 1)),
    ),
  }
}

/** Every table has these, and none is an object of its own. */
const systemColumns: readonly string[] = ['tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax']

/** A column that goes takes its privileges along; those of views are no objects of their own. */
function steps(
  grant: Grant,
  side: Side,
  from: Pick<Grant, 'privileges' | 'grantable' | 'parts'>,
  to: Pick<Grant, 'privileges' | 'grantable' | 'parts'>,
): readonly GrantOperation[] {
  const { schemaName, name: table } = grant
  const isTable = side.children(grant.on).length > 0
  const stays = (name: string) =>
    !isTable || systemColumns.includes(name) || side.find({ space: 'column', schemaName, table, name }) !== undefined
  const address = grant.table === undefined ? side.address(grant.on) : identitySequence(grant.on, side)
  return address === undefined ? [] : grantSteps(grant, address.text, from, to, stays)
}

const sorted = (all: Iterable<string>): readonly string[] => [...new Set(all)].sort()

/** What the default privileges of the role that migrates give to others with a new object. */
function byDefault(made: ObjectId, side: Side): readonly Grant[] {
  const address = made.table === undefined ? side.address(made) : identitySequence(made, side)
  const objectType = address && grantTarget(address.text)?.objectType
  if (objectType === undefined) return []
  const mine = (side.all(defaultPrivilegeKind) as readonly DefaultPrivilege[]).filter(
    (one) =>
      one.role === side.server.user &&
      one.objectType === objectType &&
      (one.schemaName === undefined || one.schemaName === made.schemaName),
  )
  return sorted(mine.map(({ grantee }) => grantee)).flatMap((grantee) => {
    const owner = grantee === side.server.user
    const empty: Grant = { ...about(made), objectType, grantee, ...(owner ? { ofOwner: true } : {}), ...none }
    // Those for all schemas stand instead of what is usual, those for one come on top.
    const everywhere = mine.find((one) => one.grantee === grantee && one.schemaName === undefined)
    const here = mine.find((one) => one.grantee === grantee && one.schemaName !== undefined)
    const first = merged(empty, everywhere ?? base(empty, side.server.version))
    const grant = here ? merged(first, here) : first
    return differing(base(grant, side.server.version), grant, ['privileges', 'grantable']).length > 0 ? [grant] : []
  })
}

const named = new WeakMap<Side, ReadonlySet<string>>()

/** Of a grantee that the model names, on an object of the model that it can speak of, and no default privilege speaks of it. */
function undeclared(grant: Grant, current: Side, desired: Side): boolean {
  const grantees =
    named.get(desired) ?? new Set((desired.all(grantKind) as readonly Grant[]).map(({ grantee }) => grantee))
  named.set(desired, grantees)
  if (!grantees.has(grant.grantee) || grant.table !== undefined || desired.get(grant.on) === undefined) return false
  return ![current, desired].some((side) =>
    (side.all(defaultPrivilegeKind) as readonly DefaultPrivilege[]).some(
      (one) =>
        one.grantee === grant.grantee &&
        one.objectType === grant.objectType &&
        (one.schemaName === undefined || one.schemaName === grant.schemaName),
    ),
  )
}

export const grants: ObjectKind<Grant, GrantOperation, GrantRow> = {
  name: grantKind,
  dropsFirst: true,
  // Columns that go take what was granted on them along.
  letsGo: true,
  identify,
  roles: ({ grantee }) => realRoles([grantee]),
  // A new owner has all rights, whatever was taken from him before.
  dependsOn: ({ on, parts }) => [
    { ref: { ...ownerOf(on), space: ownerKind }, strength: 'needs' },
    ...(parts?.columns ?? []).map(({ column }) => ({
      ref: { space: 'column', schemaName: parts?.schemaName, table: parts?.table, name: column },
      strength: 'needs' as const,
    })),
  ],
  partlyOn: ({ parts }) =>
    (parts?.columns ?? []).map(({ column }) => ({
      space: 'column',
      schemaName: parts?.schemaName,
      table: parts?.table,
      name: column,
    })),
  declare: () => [],
  gathered: (given, server, address) => {
    const found = new Map<string, Grant>()
    for (const one of given as unknown as readonly (GivenGrant & { readonly source?: Grant['source'] })[]) {
      const objectType = grantTarget(address(one.on).text)?.objectType ?? 'table'
      const listed = one.given.includes('all')
        ? allPrivileges(objectType, server).filter((each) => !one.columns || columnPrivileges.includes(each))
        : one.given
      const held = { privileges: sorted(listed), grantable: one.withGrantOption ? sorted(listed) : [] }
      for (const grantee of one.to) {
        const empty: Grant = {
          ...about(one.on),
          objectType,
          grantee,
          privileges: [],
          grantable: [],
          parts: null,
          source: one.source,
        }
        const key = JSON.stringify(identify(empty))
        const known = found.get(key) ?? empty
        found.set(key, one.columns ? withColumns(known, one.columns, held) : merged(known, held))
      }
    }
    return [...found.values()]
  },
  catalog: {
    query: ({ version }, schemas) => sql`
      with s as (select n.oid, n.nspname from pg_namespace n where n.nspname = any(${schemas})), acls(classid, objid, type, letter, nsp, name, owner, acl, attname) as (
        select 1259, c.oid, case c.relkind when 'S' then 'sequence' else 'table' end, case c.relkind when 'S' then 's' else 'r' end::"char", s.nspname, c.relname, c.relowner, coalesce(c.relacl, acldefault('r', c.relowner)), null::name
          from pg_class c join s on s.oid = c.relnamespace where (c.relacl is not null or c.oid in (select attrelid from pg_attribute where attacl is not null)) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        union all select 1259, c.oid, 'table', 'c', s.nspname, c.relname, c.relowner, a.attacl, a.attname
          from pg_attribute a join pg_class c on c.oid = a.attrelid join s on s.oid = c.relnamespace where a.attacl is not null and not a.attisdropped
        union all select 1255, p.oid, 'routine', 'f', s.nspname, p.proname, p.proowner, p.proacl, null from pg_proc p join s on s.oid = p.pronamespace where p.proacl is not null
        union all select 1247, t.oid, 'type', 'T', s.nspname, t.typname, t.typowner, t.typacl, null from pg_type t join s on s.oid = t.typnamespace where t.typacl is not null
        union all select 2615, n.oid, 'schema', 'n', n.nspname, n.nspname, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner)), null from pg_namespace n join s on s.oid = n.oid where n.nspacl is not null or n.nspname = ${literal(publicSchema.name)}
      ), x as (
        select a.*, e.grantee, e.privilege_type, e.is_grantable, true as held from acls a cross join lateral aclexplode(a.acl) e where e.grantor = a.owner
        union all
        select a.*, e.grantee, e.privilege_type, e.is_grantable, false from acls a cross join lateral aclexplode(
          case when a.type = 'schema' and a.name = 'public'
            then array[makeaclitem(0, a.owner, 'USAGE', false), makeaclitem(a.owner, a.owner, 'USAGE', false), makeaclitem(a.owner, a.owner, 'CREATE', false)] ${version >= 150000 ? sql`` : sql`|| makeaclitem(0, a.owner, 'CREATE', false)`}
            else acldefault(a.letter, a.owner) end) e
      )
      select coalesce(case x.type when 'sequence' then ${columnCountedBy(sql`x.objid`)} end, x.classid || ':' || x.objid || ':0') as about, x.type as object_type, x.nsp as schema_name, x.name, ${roleName(sql`x.grantee`)} as grantee, x.grantee = x.owner as of_owner,
        ${heldJson(sql`x.held and x.attname is null`)} as held,
        (select coalesce(jsonb_agg(jsonb_build_object('column', c.attname, 'held', c.held) order by c.attname collate "C"), '[]')
          from (select y.attname, jsonb_agg(distinct jsonb_build_array(lower(y.privilege_type), y.is_grantable)) as held from x y
            where y.objid = x.objid and y.classid = x.classid and y.grantee = x.grantee and y.held and y.attname is not null group by y.attname) c) as columns,
        'acl:' || x.classid || ':' || x.objid || ':' || x.grantee as addresses
      from x where not exists (select from pg_depend e where e.classid = x.classid and e.objid = x.objid and e.objsubid = 0 and e.deptype = 'e')
      group by x.classid, x.objid, x.type, x.nsp, x.name, x.grantee, x.owner
      having ${heldJson(sql`x.held and x.attname is null`)} <> ${heldJson(sql`not x.held and x.attname is null`)} or bool_or(x.held and x.attname is not null)
      order by 3, 4, 1, 5`,
    read: (row, _server, resolve) => {
      const on =
        resolve(row.about) ??
        (row.object_type === 'schema' && row.name === publicSchema.name ? publicSchema : undefined)
      if (on === undefined) return undefined
      const columns = (JSON.parse(row.columns) as { column: string; held: unknown }[]).map(({ column, held }) => ({
        column,
        ...readHeld(JSON.stringify(held)),
      }))
      return {
        ...about(on),
        objectType: row.object_type as Grantable,
        grantee: row.grantee,
        ...(row.of_owner === 't' ? { ofOwner: true } : {}),
        ...readHeld(row.held),
        parts: part(on, columns),
      }
    },
  },
  differences: (current, desired) => differing(current, desired, ['privileges', 'grantable', 'parts']),
  create: (grant, side) => steps(grant, side, base(grant, side.server.version), grant),
  alter: (current, desired, _changed, side) => steps(desired, side, current, desired),
  drop: (grant, side, target) =>
    grant.table !== undefined && !identitySequence(grant.on, target)
      ? []
      : steps(grant, side, grant, base(grant, side.server.version)),
  // Who owns an object may do everything with it.
  implied: (grant, current, desired) => {
    const owner = desired.get<Owner>(ownerOf(grant.on)) ?? current.get<Owner>(ownerOf(grant.on))
    return !grant.ofOwner && owner?.owner === grant.grantee
  },
  given: (made, side) => byDefault(made, side),
  undeclaredPart: undeclared,
  operations: grantOperations,
}
