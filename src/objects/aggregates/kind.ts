// Aggregates. Replaced in place where state, result and arguments stay what they are, else made again.
import type { ObjectKind } from '../../engine/kind.js'
import { differing, sameData } from '../../engine/walk.js'
import { sql } from '../../sql/sql.js'
import type { CatalogType } from '../../sql/types.js'
import {
  comparableFunction,
  type FunctionRow,
  functionJson,
  needsFunction,
  needsTypes,
  readFunction,
  readType,
  routineName,
  sharedName,
  signature,
  typeJson,
} from '../routine-references.js'
import {
  type Aggregate,
  aggregateKind,
  argumentTypes,
  configOf,
  functionsOf,
  type Modify,
  type SortOperator,
  type Transition,
  typesOf,
} from './aggregate.js'
import { type AggregateOperation, addressSql, aggregateOperations, compared } from './operations.js'

export interface AggregateRow {
  schema_name: string
  name: string
  form: string
  arguments: string
  direct: string
  transition: string
  combine: string | null
  serialize: string | null
  deserialize: string | null
  moving: string | null
  sort_operator: string | null
  parallel: string
}

interface TransitionRow {
  readonly function: FunctionRow
  readonly inverse: FunctionRow
  readonly type: CatalogType
  readonly space: number
  readonly initial: string | null
  readonly final: FunctionRow | null
  readonly extra: boolean
  readonly modify: string
}

const of = ({ schemaName, name }: Aggregate) => ({ schemaName, aggregateName: name })
const forms: Readonly<Record<string, Aggregate['form']>> = { n: 'plain', o: 'ordered-set', h: 'hypothetical-set' }
const modifies: Readonly<Record<string, Modify>> = { r: 'read_only', s: 'shareable', w: 'read_write' }
const parallels: Readonly<Record<string, Aggregate['parallel']>> = { u: 'unsafe', r: 'restricted', s: 'safe' }

function readTransition(row: TransitionRow): Transition {
  const final = readFunction(row.final)
  return {
    function: readFunction(row.function)!,
    type: readType(row.type),
    space: row.space === 0 ? null : row.space,
    initial: row.initial,
    final: final && { function: final, extra: row.extra },
    modify: modifies[row.modify] ?? 'read_only',
  }
}

const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

function comparableTransition<T extends Transition>(current: T, desired: Transition): T {
  return {
    ...current,
    function: comparableFunction(current.function, desired.function),
    final:
      current.final &&
      ({
        ...current.final,
        function: comparableFunction(current.final.function, desired.final?.function),
      } as Transition['final']),
  }
}

function comparable(current: Aggregate, desired: Aggregate): Aggregate {
  const { moving } = current
  return {
    ...current,
    transition: comparableTransition(current.transition, desired.transition),
    combine: comparableFunction(current.combine, desired.combine),
    serialize: comparableFunction(current.serialize, desired.serialize),
    deserialize: comparableFunction(current.deserialize, desired.deserialize),
    moving:
      moving && desired.moving
        ? {
            ...comparableTransition(moving, desired.moving),
            inverse: comparableFunction(moving.inverse, desired.moving.inverse),
          }
        : moving,
  }
}

/** The result's type comes of the state's and the final function: with those it stays what it is. */
function replaceable(given: Aggregate, desired: Aggregate): boolean {
  const current = comparable(given, desired)
  return (
    current.form === desired.form &&
    current.directArguments === desired.directArguments &&
    current.arguments.every(({ name }, index) => name === null || name === desired.arguments[index]?.name) &&
    sameData(current.transition.type, desired.transition.type) &&
    sameData(current.transition.final?.function, desired.transition.final?.function)
  )
}

export const aggregates: ObjectKind<Aggregate, AggregateOperation, AggregateRow> = {
  name: aggregateKind,
  identify: (aggregate) => ({
    kind: aggregateKind,
    schemaName: aggregate.schemaName,
    name: aggregate.name,
    arguments: signature(argumentTypes(aggregate)),
  }),
  names: (aggregate) => [routineName(aggregate.schemaName, aggregate.name, argumentTypes(aggregate))],
  mentionedAs: ({ schemaName, name }) => [sharedName(schemaName, name)],
  address: (id) => addressSql(id.schemaName, id.name, id.arguments),
  dependsOn: (aggregate) => [
    ...needsTypes(typesOf(aggregate)),
    ...functionsOf(aggregate).flatMap((reference) => needsFunction(reference, aggregate.schemaName)),
  ],
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_proc where prokind = 'a' and pronamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, p.proname as name, a.aggkind as form, a.aggnumdirectargs as direct, p.proparallel as parallel,
        (select coalesce(json_agg(json_build_object('name', nullif(p.proargnames[t.at], ''), 'variadic', p.proargmodes[t.at] = 'v', 'type', ${typeJson(sql`t.oid`)}) order by t.at), '[]')
          from unnest(p.proargtypes::oid[]) with ordinality t(oid, at)) as arguments,
        json_build_object('function', ${functionJson(sql`a.aggtransfn`)}, 'type', ${typeJson(sql`a.aggtranstype`)}, 'space', a.aggtransspace, 'initial', a.agginitval,
          'final', ${functionJson(sql`a.aggfinalfn`)}, 'extra', a.aggfinalextra, 'modify', a.aggfinalmodify) as transition,
        ${functionJson(sql`a.aggcombinefn`)} as combine, ${functionJson(sql`a.aggserialfn`)} as serialize, ${functionJson(sql`a.aggdeserialfn`)} as deserialize,
        case when a.aggmtransfn <> 0 then json_build_object('function', ${functionJson(sql`a.aggmtransfn`)}, 'inverse', ${functionJson(sql`a.aggminvtransfn`)}, 'type', ${typeJson(sql`a.aggmtranstype`)},
          'space', a.aggmtransspace, 'initial', a.aggminitval, 'final', ${functionJson(sql`a.aggmfinalfn`)}, 'extra', a.aggmfinalextra, 'modify', a.aggmfinalmodify) end as moving,
        (select json_build_object('namespace', n.nspname, 'name', o.oprname) from pg_operator o join pg_namespace n on n.oid = o.oprnamespace where o.oid = a.aggsortop) as sort_operator,
        '1255:' || p.oid || ':0' as addresses
      from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any(${schemas}) and not exists (select from pg_depend e where e.classid = 1255 and e.objid = p.oid and e.deptype = 'e')
      order by 1, 2, p.proargtypes::text`,
    read: (row) => {
      const moving = parsed<TransitionRow>(row.moving)
      const operator = parsed<{ namespace: string; name: string }>(row.sort_operator)
      return {
        schemaName: row.schema_name,
        name: row.name,
        form: forms[row.form] ?? 'plain',
        arguments: (
          JSON.parse(row.arguments) as { name: string | null; variadic: boolean | null; type: CatalogType }[]
        ).map(({ name, variadic, type }) => ({ name, variadic: variadic ?? false, type: readType(type) })),
        directArguments: Number(row.direct),
        transition: readTransition(JSON.parse(row.transition) as TransitionRow),
        combine: readFunction(parsed(row.combine)),
        serialize: readFunction(parsed(row.serialize)),
        deserialize: readFunction(parsed(row.deserialize)),
        moving: moving && { ...readTransition(moving), inverse: readFunction(moving.inverse)! },
        sortOperator: operator && readOperator(operator.namespace, operator.name),
        parallel: parallels[row.parallel] ?? 'unsafe',
      }
    },
  },
  differences: (current, desired) => differing(comparable(current, desired), desired, compared),
  create: (aggregate) => [{ type: 'create_aggregate', ...of(aggregate), aggregate: configOf(aggregate) }],
  alter: (current, desired) =>
    replaceable(current, desired)
      ? [
          {
            type: 'alter_aggregate',
            ...of(desired),
            from: configOf(comparable(current, desired)),
            to: configOf(desired),
          },
        ]
      : 'recreate',
  rename: (current, desired) => ({
    type: 'rename_aggregate',
    ...of(current),
    newName: desired.name,
    aggregate: configOf(current),
  }),
  drop: (aggregate) => ({ type: 'drop_aggregate', ...of(aggregate), was: configOf(aggregate) }),
  operations: aggregateOperations,
}

const readOperator = (schemaName: string, operatorName: string): SortOperator =>
  schemaName === 'pg_catalog' ? { operatorName } : { schemaName, operatorName }
