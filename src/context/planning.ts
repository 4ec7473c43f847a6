// From a reading of the database to a plan: scope, differences, actions, steps, questions.
import { hash } from 'node:crypto'
import { noDependencies, readDependencies } from '../catalog/dependencies.js'
import type { Reading, ReadRequest, SchemaIntrospector } from '../catalog/introspector.js'
import { losingPrivileges } from '../catalog/privileges.js'
import { refuseMissingRoles } from '../catalog/roles.js'
import { makeSpeller } from '../catalog/speller.js'
import type { DatabaseClient } from '../client/database-client.js'
import { actionsOf } from '../engine/actions.js'
import { mayPlace, refuseOtherPlaces } from '../engine/column-places.js'
import { countedBefore } from '../engine/counted.js'
import { type Difference, diff } from '../engine/diff.js'
import { display, keyOf, type ObjectId } from '../engine/identity.js'
import type { AnyKind, Risk } from '../engine/kind.js'
import { untied } from '../engine/latent.js'
import { stepsOf } from '../engine/order/planner.js'
import type { Blocked, Plan, Question, Step } from '../engine/plan.js'
import { filtered, type ScopeOptions } from '../engine/scope.js'
import { type Entry, SchemaState } from '../engine/state.js'
import { refuseTakenNames } from '../engine/taken-names.js'
import { expressionsOf } from '../engine/walk.js'
import { loadExpressionTools } from '../sql/expression-tools.js'
import { type Desired, unblocked } from './desired.js'
import { externalPartitions } from './external-partitions.js'
import type { SchemaOptions } from './options.js'
import { refuseUnknownSchemas } from './unknown-schemas.js'

export interface Planned {
  readonly plan: Plan
  readonly reading: Reading
  readonly desired: SchemaState
  readonly difference: Difference
  readonly keys: ReadonlySet<string>
  readonly path: readonly string[]
  readonly makesWay: readonly string[]
}

/** `create`: only what is missing. `delete`: everything that the ledger and the model call ours. */
export type Mode = 'migrate' | 'create' | 'delete'

export interface PlanningInput {
  readonly introspector: SchemaIntrospector
  readonly desired: Desired
  readonly options: SchemaOptions
  readonly mode: Mode
}

export const hashText = (text: string): string => hash('md5', text, 'base64')

export function readRequest({ desired, options }: Pick<PlanningInput, 'desired' | 'options'>): ReadRequest {
  return {
    schemas: options.schemas === undefined || options.schemas === 'all' ? desired.schemas : options.schemas,
    allSchemas:
      options.schemas === 'all' ||
      (options.schemas === undefined && !desired.isModel && desired.state.entries.size === 0),
    ownSchema: options.ownSchema ?? 'lockstep',
    context: desired.context,
  }
}

export function scopeOptions({ desired, options }: Pick<PlanningInput, 'desired' | 'options'>): ScopeOptions {
  return {
    undeclared: options.undeclared ?? (desired.isModel ? 'ask' : 'drop'),
    ...(options.filter?.include ? { include: options.filter.include } : {}),
    ...(options.filter?.exclude ? { exclude: options.filter.exclude } : {}),
    ...(options.filter?.excludeKinds ? { excludeKinds: options.filter.excludeKinds } : {}),
    external: desired.external,
  }
}

/** The last committed run left exactly this, and the model is the one it was made from. */
export const unchanged = (reading: Reading, desired: Desired): boolean =>
  reading.head?.catalog === reading.fingerprint && reading.head.declared === desired.hash

/** `session` is set inside a migration: everything is asked there. */
export async function makePlan(
  input: PlanningInput,
  reading: Reading,
  client: DatabaseClient,
  within: boolean,
): Promise<Planned> {
  const { introspector, desired: wanted, mode } = input
  const found = reading.state()
  refuseUnknownSchemas(input.options, found, wanted.schemas)
  const { state: said, blocked } =
    mode === 'delete'
      ? { state: new SchemaState(found.registry, found.server, []), blocked: [] }
      : unblocked(wanted, found)
  const current = untied(found, said)
  const desired = untied(said, found)
  const path = searchPath(wanted, desired, current)
  const tools = lazily(loadExpressionTools)
  const elsewhere = externalPartitions(wanted.partitionedElsewhere, current, wanted.state)
  const scope = scopeOptions(input)
  const options = { ...scope, external: [...(scope.external ?? []), ...elsewhere] }
  const difference =
    mode === 'delete'
      ? deletion(input, current, reading, elsewhere)
      : await diff(current, desired, reading.ledger, options, {
          tools: tools.load,
          hash: hashText,
          spelled: wanted.spelled ?? false,
          speller: (side, _current, changed) => ({
            spell: async (entries) =>
              makeSpeller({
                introspector,
                client,
                within,
                desired: side,
                changed,
                path: { schemas: path },
                tools: await tools.load(),
              }).spell(entries),
          }),
        })
  const limited =
    mode === 'create' ? { ...difference, renames: [], parts: [], alters: [], drops: [], current } : difference
  const leftAlone = filtered(options)
  const placing = () =>
    wanted.spelled ? [...desired.entries.values()].filter((entry) => mayPlace(entry) && !leftAlone(entry.id)) : []
  const from = { reading, first: current, placing }
  const { steps, makesWay } = await stepsFor(limited, desired, from, client, path, tools.load)
  const plan = planOf(steps, withUnmanaged(difference, wanted), blocked, reading.fingerprint, path, mode)
  return { plan, reading, desired, difference, keys: new Set(current.entries.keys()), path, makesWay }
}

async function stepsFor(
  difference: Difference,
  desired: SchemaState,
  from: { readonly reading: Reading; readonly first: SchemaState; readonly placing: () => readonly Entry[] },
  client: DatabaseClient,
  path: readonly string[],
  load: () => ReturnType<typeof loadExpressionTools>,
) {
  if (isEmpty(difference)) return { steps: [], makesWay: [] }
  const { reading, first } = from
  const { renames, alters, drops } = difference
  const renamed = new Map(renames.map(({ from, to }) => [from.key, to.key]))
  const dependencies =
    alters.length + drops.length > 0
      ? await readDependencies(client, first, followRenames(first, difference.current, renamed))
      : noDependencies
  const actions = actionsOf({ difference, desired, dependencies, ledger: reading.ledger })
  refuseTakenNames(actions)
  const made = [...actions.creates.values(), ...[...actions.alters.values()].map(({ entry }) => entry)]
  await refuseMissingRoles(client, made)
  const speaks = renames.length > 0 || made.some((entry) => expressionsOf(entry.object).length > 0)
  const placing = from.placing()
  const tools = speaks || placing.length > 0 ? await load() : undefined
  if (tools && placing.length > 0) refuseOtherPlaces(actions, placing, tools, { schemas: path })
  const written = stepsOf({ actions, renames, dependencies, path: { schemas: path }, tools })
  const steps = tools && renames.length > 0 ? countedBefore(written, renames, tools) : written
  const makesWay = [...actions.drops.values()].filter(({ reason }) => reason === 'hook').map(({ entry }) => entry.key)
  const dropped = (reason: string) =>
    [...actions.drops.values()].filter((drop) => drop.reason === reason).map(({ entry }) => entry)
  const rebuilt = [...dropped('rebuild'), ...[...actions.asides.values()].map(({ entry }) => entry)]
  const granted = await losingPrivileges(client, dropped('hook'), rebuilt)
  return { steps: granted.size === 0 ? steps : warned(steps, granted), makesWay }
}

/** What a hook makes again comes back without its grants; so does what another role than the owner has granted. */
function warned(steps: readonly Step[], granted: ReadonlySet<string>): readonly Step[] {
  const told = new Set<string>()
  return steps.map((step) => {
    const key = keyOf(step.object)
    if (!granted.has(key) || told.has(key)) return step
    told.add(key)
    const risk: Risk = {
      level: 'data-loss',
      code: 'LOSES_PRIVILEGES',
      reason: `'${display(step.object)}' is made again, without what has been granted on it or revoked.`,
    }
    return { ...step, risks: [...step.risks, risk] }
  })
}

/** Addresses stay the same through a rename: they lead from the key that was read to the key after it. */
function followRenames(
  first: SchemaState,
  renamed: SchemaState,
  direct: ReadonlyMap<string, string>,
): (key: string) => string {
  if (first === renamed) return (key) => key
  const byAddress = new Map<string, string>()
  for (const entry of renamed.entries.values())
    if (entry.addresses[0] !== undefined) byAddress.set(entry.addresses[0], entry.key)
  return (key) => byAddress.get(first.entries.get(key)?.addresses[0] ?? '') ?? direct.get(key) ?? key
}

/** What the ledger and the model call ours; a schema that still holds strangers stays. */
function deletion(
  { desired }: PlanningInput,
  current: SchemaState,
  reading: Reading,
  elsewhere: readonly ObjectId[],
): Difference {
  const external = new Set(elsewhere.map(keyOf))
  const ours = [...current.entries.values()].filter((entry) => {
    if (entry.kind.optional) return false
    if (external.has(entry.key)) return false
    if (entry.kind.unmanaged) return reading.ledger.rows.get(entry.key)?.origin === 'hook'
    return reading.ledger.rows.has(entry.key) || desired.state.entries.has(entry.key)
  })
  const dropped = new Set(ours.map((entry) => entry.key))
  for (const entry of current.entries.values()) {
    // What is attached to an object goes with it.
    if (dropped.has(entry.key) || entry.object.on !== undefined) continue
    for (let parent = current.parent(entry); parent; parent = current.parent(parent)) {
      if (parent.id.schemaName === undefined && parent.id.table === undefined) dropped.delete(parent.key)
      else if (dropped.has(parent.key)) break
    }
  }
  return {
    current,
    parts: [],
    strangers: new Set([...current.entries.keys()].filter((key) => !dropped.has(key))),
    renames: [],
    creates: [],
    alters: [],
    drops: ours.filter((entry) => dropped.has(entry.key)).map((entry) => ({ entry, undeclared: false })),
    notManaged: [...current.entries.values()]
      .filter((entry) => !dropped.has(entry.key) && !entry.kind.optional)
      .map((entry) => ({ object: entry.id, reason: entry.kind.unmanaged ? 'kind' : 'undeclared' })),
  }
}

/** The default schema, then the schemas of the extensions that are there or declared. */
function searchPath(wanted: Desired, desired: SchemaState, current: SchemaState): readonly string[] {
  const schemas = new Set([wanted.defaultSchema])
  const holds = new Map<AnyKind, boolean>()
  for (const side of [current, desired]) {
    for (const { kind, object } of side.entries.values()) {
      const isExtension = holds.get(kind) ?? kind.names?.(object)[0]?.space === 'extension'
      holds.set(kind, isExtension)
      if (isExtension && object.schemaName !== undefined) schemas.add(object.schemaName)
    }
  }
  return [...schemas]
}

const isEmpty = ({ renames, parts, creates, alters, drops }: Difference): boolean =>
  [renames, parts, creates, alters, drops].every((all) => all.length === 0)

function planOf(
  steps: readonly Step[],
  difference: Difference,
  blocked: readonly Blocked[],
  fingerprint: string,
  searchPath: readonly string[],
  mode: Mode,
): Plan {
  const questions = steps.flatMap((step, index) =>
    step.risks
      .filter((risk) => risk.level === 'data-loss')
      .map(
        (risk): Question => ({
          code: risk.code,
          object: step.object,
          message: `${step.description}: ${risk.reason}`,
          level: risk.level,
          step: index,
        }),
      ),
  )
  const notManaged = [...difference.notManaged].sort((a, b) => (keyOf(a.object) < keyOf(b.object) ? -1 : 1))
  return {
    format: 1,
    basedOn: fingerprint,
    inStep: mode === 'delete' ? steps.length === 0 : isEmpty(difference) && blocked.length === 0,
    steps,
    questions,
    notManaged,
    blocked,
    searchPath,
  }
}

/** What the desired side has and Lockstep does not manage is listed too, whether the target has it or not. */
function withUnmanaged(difference: Difference, { unmanaged }: Desired): Difference {
  const listed = new Set(difference.notManaged.map(({ object }) => keyOf(object)))
  const more = unmanaged
    .filter((object) => !listed.has(keyOf(object)))
    .map((object) => ({ object, reason: 'kind' as const }))
  return more.length === 0 ? difference : { ...difference, notManaged: [...difference.notManaged, ...more] }
}

function lazily<T>(make: () => Promise<T>): { readonly load: () => Promise<T> } {
  let made: Promise<T> | undefined
  return { load: () => (made ??= make()) }
}
