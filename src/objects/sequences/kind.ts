// Sequences, owned or free. The sequence behind an identity column belongs to the column and is not read here.
import { display, type ObjectId } from '../../engine/identity.js'
import type { ObjectKind, OperationBase, Server, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { ownedSequenceName } from '../../model/naming.js'
import { id, join, qualified, type Sql, sql } from '../../sql/sql.js'
import { type Owner, ownerId, ownerKind } from '../privileges.js'
import {
  changedClauses,
  declaredOptions,
  endsSooner,
  intoBounds,
  narrowing,
  readSequenceOptions,
  type SequenceOptions,
  type SequenceOptionsRow,
  sequenceClauses,
} from '../sequence-options.js'
import { requireVersion } from '../server-version.js'

export interface Sequence extends Partial<SequenceOptions> {
  readonly schemaName: string
  readonly name: string
  /** PostgreSQL 15 and later. */
  readonly unlogged?: boolean
  readonly ownedBy?: { readonly schemaName: string; readonly table: string; readonly column: string } | null
  readonly renamedFrom?: string
}

interface OfSequence extends OperationBase {
  readonly schemaName: string
  readonly sequenceName: string
}
export interface CreateSequence extends OfSequence {
  readonly type: 'create_sequence'
  readonly config: Sequence
}
export interface AlterSequence extends OfSequence {
  readonly type: 'alter_sequence'
  readonly from: Sequence
  readonly to: Sequence
  /** Who owns the table of its column, where it is not who owned it before: both have to be the same one's. */
  readonly owner?: string
}
export interface RenameSequence extends OfSequence {
  readonly type: 'rename_sequence'
  readonly newName: string
}
export interface DropSequence extends OfSequence {
  readonly type: 'drop_sequence'
  readonly was: Sequence
}
export type SequenceOperation = CreateSequence | AlterSequence | RenameSequence | DropSequence

const fields = [
  'dataType',
  'start',
  'increment',
  'minValue',
  'maxValue',
  'cache',
  'cycle',
  'unlogged',
  'ownedBy',
] as const
const of = ({ schemaName, name }: Sequence) => ({ schemaName, sequenceName: name })
const nameOf = (op: OfSequence) => qualified(op.schemaName, op.sequenceName)
const shown = (op: OfSequence) => display({ schemaName: op.schemaName, name: op.sequenceName })

const owner = (sequence: Sequence): readonly Sql[] =>
  sequence.ownedBy === undefined
    ? []
    : sequence.ownedBy === null
      ? [sql`owned by none`]
      : [sql`owned by ${qualified(sequence.ownedBy.schemaName, sequence.ownedBy.table)}.${id(sequence.ownedBy.column)}`]

/** An owned sequence is made logged or unlogged along with its table. */
function followsTable({ ownedBy, unlogged }: Sequence, side: Side, before: Side | undefined): boolean {
  if (!ownedBy || !before) return false
  const name = { space: 'relation', schemaName: ownedBy.schemaName, name: ownedBy.table }
  const [was, is] = [before, side].map((one) => {
    const table = one.find(name)
    return table && one.get<{ readonly unlogged?: boolean }>(table)?.unlogged
  })
  return was !== undefined && was !== is && is === unlogged
}

const ofTable = ({ schemaName, table }: NonNullable<Sequence['ownedBy']>) =>
  ownerId({ kind: 'table', schemaName, name: table })

/** The owner of the table that it comes to belong to, where it is not its own. */
function tableOwner(from: Sequence | undefined, to: Sequence, side: Side, before: Side | undefined) {
  if (!to.ownedBy || from?.ownedBy?.table === to.ownedBy.table) return {}
  const owner = (of: ObjectId, ...sides: readonly (Side | undefined)[]): string | undefined =>
    sides.map((one) => one?.get<Owner>(of)?.owner).find((one) => one !== undefined) ?? side.server.user
  const wanted = owner(ofTable(to.ownedBy), side, before)
  const own = from && (from.ownedBy ? ofTable(from.ownedBy) : ownerId(sequences.identify(from)))
  const owners = own ? [owner(own, before), owner(own, side, before)] : [side.server.user]
  return wanted === undefined || owners.every((one) => one === wanted) ? {} : { owner: wanted }
}

/** @throws SERVER_TOO_OLD for an unlogged one before PostgreSQL 15 */
function persistent({ unlogged, schemaName, name }: Sequence, server: Server): boolean {
  if (unlogged) requireVersion(server, 15, `the unlogged sequence '${schemaName}.${name}'`)
  return !unlogged
}

export interface SequenceRow extends SequenceOptionsRow {
  schema_name: string
  name: string
  unlogged: string
  owner_schema: string | null
  owner_table: string | null
  owner_column: string | null
}

export const sequences: ObjectKind<Sequence, SequenceOperation, SequenceRow> = {
  name: 'sequence',
  identify: (sequence) => ({ kind: 'sequence', schemaName: sequence.schemaName, name: sequence.name }),
  names: (sequence) => [{ space: 'relation', schemaName: sequence.schemaName, name: sequence.name }],
  address: (sequence) => sql`sequence ${qualified(sequence.schemaName, sequence.name)}`,
  defaultName: (sequence) =>
    sequence.ownedBy ? ownedSequenceName(sequence.ownedBy.table, sequence.ownedBy.column) : undefined,
  diesWith: (sequence) =>
    sequence.ownedBy
      ? [
          {
            space: 'column',
            schemaName: sequence.ownedBy.schemaName,
            table: sequence.ownedBy.table,
            name: sequence.ownedBy.column,
          },
          { space: 'relation', schemaName: sequence.ownedBy.schemaName, name: sequence.ownedBy.table },
        ]
      : [],
  dependsOn: (sequence) =>
    sequence.ownedBy
      ? [
          {
            ref: {
              space: 'column',
              schemaName: sequence.ownedBy.schemaName,
              table: sequence.ownedBy.table,
              name: sequence.ownedBy.column,
            },
            strength: 'needs',
          },
          { ref: { ...ofTable(sequence.ownedBy), space: ownerKind }, strength: 'needs' },
        ]
      : [],
  declare: (model) =>
    model.sequences.map((sequence) => ({
      schemaName: sequence.schemaName,
      name: sequence.name,
      ...declaredOptions({
        dataType: sequence.dataType ?? 'bigint',
        start: sequence.start ?? null,
        increment: sequence.increment ?? '1',
        minValue: sequence.minValue ?? null,
        maxValue: sequence.maxValue ?? null,
        cache: sequence.cache ?? '1',
        cycle: sequence.cycle ?? false,
      }),
      ownedBy: sequence.ownedBy ?? null,
      renamedFrom: sequence.renamedFrom,
      source: sequence.source,
    })),
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_class where relkind = 'S' and relnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as name, format_type(s.seqtypid, null) as data_type,
        s.seqstart as start, s.seqincrement as increment, s.seqmin as min, s.seqmax as max, s.seqcache as cache, s.seqcycle as cycle, c.relpersistence = 'u' as unlogged,
        tn.nspname as owner_schema, t.relname as owner_table, a.attname as owner_column,
        '1259:' || c.oid || ':0' as addresses
      from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_depend d on d.classid = 1259 and d.objid = c.oid and d.refclassid = 1259 and d.refobjsubid > 0 and d.deptype = 'a'
      left join pg_class t on t.oid = d.refobjid left join pg_namespace tn on tn.oid = t.relnamespace
      left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where n.nspname = any(${schemas}) and not exists (select from pg_depend i where i.classid = 1259 and i.objid = c.oid and i.deptype in ('i', 'e'))
      order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      ...readSequenceOptions(row),
      unlogged: row.unlogged === 't',
      ownedBy:
        row.owner_schema !== null && row.owner_table !== null && row.owner_column !== null
          ? { schemaName: row.owner_schema, table: row.owner_table, column: row.owner_column }
          : null,
    }),
  },
  differences: (current, desired) => differing(current, desired, fields),
  create: (sequence, side, before) => {
    const owner = tableOwner(undefined, sequence, side, before)
    if (owner.owner === undefined) return [{ type: 'create_sequence', ...of(sequence), config: sequence }]
    const free = { ...sequence, ownedBy: null }
    return [
      { type: 'create_sequence', ...of(sequence), config: free },
      { type: 'alter_sequence', ...of(sequence), from: free, to: sequence, ...owner },
    ]
  },
  alter: (current, to, changed, side, plan) => {
    const from = followsTable(to, side, plan?.before) ? { ...current, unlogged: to.unlogged } : current
    const left = changed.some((field) => field !== 'unlogged') || from.unlogged !== to.unlogged
    return left ? [{ type: 'alter_sequence', ...of(to), from, to, ...tableOwner(from, to, side, plan?.before) }] : []
  },
  rename: (current, desired) => ({ type: 'rename_sequence', ...of(current), newName: desired.name }),
  drop: (sequence) => ({ type: 'drop_sequence', ...of(sequence), was: sequence }),
  stub: (sequence) => (sequence.ownedBy ? { ...sequence, ownedBy: null } : undefined),
  survive: () => 'untouched',
  operations: {
    create_sequence: {
      describe: (op) => `Create sequence '${shown(op)}'`,
      sql: (op, server) =>
        join(
          [
            persistent(op.config, server)
              ? sql`create sequence ${nameOf(op)}`
              : sql`create unlogged sequence ${nameOf(op)}`,
            ...sequenceClauses(op.config),
            ...(op.config.ownedBy ? owner(op.config) : []),
          ],
          ' ',
        ),
      inverse: (op) => [
        { type: 'drop_sequence', schemaName: op.schemaName, sequenceName: op.sequenceName, was: op.config },
      ],
    },
    alter_sequence: {
      describe: (op) => `Alter sequence '${shown(op)}' (${differing(op.from, op.to, fields).join(', ')})`,
      sql: (op, server) => {
        const changed = new Set<string>(differing(op.from, op.to, fields))
        const clauses = [...changedClauses(op.from, op.to), ...(changed.has('ownedBy') ? owner(op.to) : [])]
        const alter = sql`alter sequence ${nameOf(op)}`
        return [
          ...(op.owner === undefined
            ? []
            : [...(op.from.ownedBy ? [sql`${alter} owned by none`] : []), sql`${alter} owner to ${id(op.owner)}`]),
          ...intoBounds(nameOf(op), op.from, op.to),
          ...(clauses.length > 0 ? [join([alter, ...clauses], ' ')] : []),
          ...(changed.has('unlogged')
            ? [persistent(op.to, server) ? sql`${alter} set logged` : sql`${alter} set unlogged`]
            : []),
        ]
      },
      risks: (op, facts) =>
        endsSooner(op.from, op.to) &&
        !facts.madeHere({ kind: 'sequence', schemaName: op.schemaName, name: op.sequenceName })
          ? [narrowing(shown(op))]
          : [],
      inverse: ({ owner: _owner, ...op }) => [{ ...op, from: op.to, to: op.from }],
    },
    rename_sequence: {
      describe: (op) => `Rename sequence '${shown(op)}' to '${op.newName}'`,
      sql: (op) => sql`alter sequence ${nameOf(op)} rename to ${id(op.newName)}`,
      inverse: (op) => [
        { type: 'rename_sequence', schemaName: op.schemaName, sequenceName: op.newName, newName: op.sequenceName },
      ],
    },
    drop_sequence: {
      describe: (op) => `Drop sequence '${shown(op)}'`,
      sql: (op) => sql`drop sequence ${nameOf(op)}`,
      // One that a column owns has counted for that column alone.
      risks: (op) =>
        op.was.ownedBy
          ? []
          : [
              {
                level: 'data-loss',
                code: 'DROPS_SEQUENCE',
                reason: `The position of '${shown(op)}' is lost.`,
              },
            ],
      inverse: (op) => [
        { type: 'create_sequence', schemaName: op.schemaName, sequenceName: op.sequenceName, config: op.was },
      ],
    },
  },
}
