// Privileges as grants and default privileges have them: which there are, what PostgreSQL gives by itself, and what leads from one state to another.
import type { Server } from '../engine/kind.js'
import { UsageError } from '../errors.js'
import type { SourceOf } from '../model/model-config.js'
import { literal, type Sql, sql } from '../sql/sql.js'
import { everybody } from './roles.js'

/** What privileges are granted on, as far as they differ. */
export type Grantable = 'table' | 'sequence' | 'routine' | 'type' | 'schema'

/** What somebody may do, sorted; `grantable` is the part that they may give to others. */
export interface Held {
  readonly privileges: readonly string[]
  readonly grantable: readonly string[]
}

export const nothing: Held = { privileges: [], grantable: [] }

const known: Readonly<Record<Grantable, readonly string[]>> = {
  table: ['delete', 'insert', 'references', 'select', 'trigger', 'truncate', 'update'],
  sequence: ['select', 'update', 'usage'],
  routine: ['execute'],
  type: ['usage'],
  schema: ['create', 'usage'],
}

const names = [
  'select',
  'insert',
  'update',
  'delete',
  'truncate',
  'references',
  'trigger',
  'maintain',
  'usage',
  'create',
  'execute',
  'all',
] as const

/** A privilege by its name in GRANT; `all` are all that there are for the object on this server. */
export type Privilege = (typeof names)[number]

/** @throws UsageError OPTIONS_CONFLICT for a privilege that there is not */
export function declaredPrivileges(given: Privilege | readonly Privilege[]): readonly string[] {
  const list = (typeof given === 'string' ? [given] : given) as readonly string[]
  const unknown = list.find((one) => !names.includes(one as Privilege))
  if (unknown === undefined) return [...list]
  throw new UsageError('OPTIONS_CONFLICT', `There is no privilege '${unknown}'.`, {
    hint: `Privileges are ${names.join(', ')}.`,
  })
}

/** All that can be granted. MAINTAIN of tables came with PostgreSQL 17. */
export const allPrivileges = (on: Grantable, { version }: Server): readonly string[] =>
  on === 'table' && version >= 170000 ? [...known.table, 'maintain'].sort() : known[on]

/** What PostgreSQL itself gives when such an object is made, to its owner or to others. */
export function usual(on: Grantable, grantee: string, owner: boolean, server: Server): Held {
  if (owner) return { privileges: allPrivileges(on, server), grantable: [] }
  if (grantee !== everybody) return nothing
  if (on === 'routine') return { privileges: ['execute'], grantable: [] }
  return on === 'type' ? { privileges: ['usage'], grantable: [] } : nothing
}

/** The letter by which `acldefault()` knows it. */
export const aclLetters: Readonly<Record<Grantable, Sql>> = {
  table: literal('r'),
  sequence: literal('s'),
  routine: literal('f'),
  type: literal('T'),
  schema: literal('n'),
}

/** Rows `privilege, grantable` as JSON `[[privilege, true|false], …]`; sorted, so that equal sets are equal text. */
export const heldJson = (condition: Sql): Sql =>
  sql`coalesce(jsonb_agg(distinct jsonb_build_array(lower(x.privilege_type), x.is_grantable)) filter (where ${condition}), '[]')::text`

export function readHeld(json: string): Held {
  const pairs = JSON.parse(json) as readonly (readonly [string, boolean])[]
  return {
    privileges: [...new Set(pairs.map(([privilege]) => privilege))].sort(),
    grantable: [...new Set(pairs.flatMap(([privilege, grantable]) => (grantable ? [privilege] : [])))].sort(),
  }
}

/** One GRANT or REVOKE. `option`: with it go, or it alone is, the right to give it to others. */
export interface Transition {
  readonly type: 'grant' | 'revoke'
  readonly privileges: readonly string[]
  /** Of what is granted: WITH GRANT OPTION. Of what is revoked: it was granted with it. */
  readonly grantOption: boolean
  /** The privilege itself stays or is there: GRANT OPTION FOR. */
  readonly only: boolean
}

const without = (all: readonly string[], some: readonly string[]): readonly string[] =>
  all.filter((one) => !some.includes(one))
const within = (all: readonly string[], some: readonly string[]): readonly string[] =>
  all.filter((one) => some.includes(one))

/** What leads from one state to another: first what is taken away. */
export function transitions(from: Held, to: Held): readonly Transition[] {
  const gone = without(from.privileges, to.privileges)
  const come = without(to.privileges, from.privileges)
  const kept = within(from.privileges, to.privileges)
  const list: readonly Transition[] = [
    { type: 'revoke', privileges: within(gone, from.grantable), grantOption: true, only: false },
    { type: 'revoke', privileges: without(gone, from.grantable), grantOption: false, only: false },
    {
      type: 'revoke',
      privileges: without(within(kept, from.grantable), to.grantable),
      grantOption: true,
      only: true,
    },
    { type: 'grant', privileges: without(come, to.grantable), grantOption: false, only: false },
    { type: 'grant', privileges: within(come, to.grantable), grantOption: true, only: false },
    {
      type: 'grant',
      privileges: without(within(kept, to.grantable), from.grantable),
      grantOption: true,
      only: true,
    },
  ]
  return list.filter(({ privileges }) => privileges.length > 0)
}

/** The state after something was taken away. */
export const after = (from: Held, { type, privileges, only }: Transition): Held =>
  type === 'grant'
    ? from
    : {
        privileges: only ? from.privileges : without(from.privileges, privileges),
        grantable: without(from.grantable, privileges),
      }

/** The names under which default privileges and owners are found by others. */
export const defaultPrivilegeKind = 'default-privilege'
export const ownerKind = 'owner'

/** A default privilege as others need it: what `role` gives to `grantee` on what it makes. */
export interface DefaultPrivilege extends Held {
  readonly schemaName?: string
  readonly name: string
  /** Who makes the objects. */
  readonly role: string
  readonly objectType: Grantable
  readonly grantee: string
  readonly source?: SourceOf
}

/** Who owns an object. */
export interface Owner {
  readonly on: {
    readonly kind: string
    readonly schemaName?: string
    readonly table?: string
    readonly name: string
    readonly arguments?: string
  }
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  readonly owner: string
  readonly source?: SourceOf
}

export const ownerId = (on: Owner['on']) => ({
  kind: ownerKind,
  schemaName: on.schemaName,
  table: on.table,
  name: on.name,
  arguments: on.arguments === undefined ? on.kind : `${on.kind} ${on.arguments}`,
})

/** What stands in GRANT ON and its class, found in how COMMENT ON addresses an object; undefined where nothing can be granted on it. */
export function grantTarget(address: string): { readonly objectType: Grantable; readonly target: string } | undefined {
  const match = /^(materialized view|foreign table|[a-z]+) (.*)$/s.exec(address)
  const [, word = '', rest = ''] = match ?? []
  const objectType = classes[word]
  if (objectType === undefined) return undefined
  const spoken = objectType === 'table' ? 'table' : word === 'aggregate' ? 'function' : word
  return { objectType, target: `${spoken} ${word === 'aggregate' ? rest.replace(/\(\*\)$/, '()') : rest}` }
}

const classes: Readonly<Record<string, Grantable>> = {
  table: 'table',
  view: 'table',
  'materialized view': 'table',
  'foreign table': 'table',
  sequence: 'sequence',
  function: 'routine',
  procedure: 'routine',
  routine: 'routine',
  aggregate: 'routine',
  type: 'type',
  domain: 'type',
  schema: 'schema',
}
