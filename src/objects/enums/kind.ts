// Enum types: values added in place, renamed where declared; removed or reordered ones need the type rebuilt, and its columns move over.

import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, join, literal, qualified, sql } from '../../sql/sql.js'
import type { Enum } from './enum.js'
import { moves, renamedValues } from './moves.js'

interface OfEnum extends OperationBase {
  readonly schemaName: string
  readonly enumName: string
}
export interface CreateEnum extends OfEnum {
  readonly type: 'create_enum'
  readonly values: readonly string[]
}
export interface DropEnum extends OfEnum {
  readonly type: 'drop_enum'
  readonly was: Enum
}
export interface RenameEnum extends OfEnum {
  readonly type: 'rename_enum'
  readonly newName: string
}
export interface AddEnumValue extends OfEnum {
  readonly type: 'add_enum_value'
  readonly value: string
  readonly before?: string
  readonly after?: string
}
export interface RenameEnumValue extends OfEnum {
  readonly type: 'rename_enum_value'
  readonly from: string
  readonly to: string
}
export type EnumOperation = CreateEnum | DropEnum | RenameEnum | AddEnumValue | RenameEnumValue

const of = ({ schemaName, name }: Enum) => ({ schemaName, enumName: name })
const nameOf = (op: OfEnum) => qualified(op.schemaName, op.enumName)
const shown = (op: OfEnum) => display({ schemaName: op.schemaName, name: op.enumName })

/** Renames and additions that turn `current` into `desired` in place, or undefined where only a rebuild does. */
function inPlace(current: Enum, desired: Enum): readonly EnumOperation[] | undefined {
  const renames = renamedValues(current, desired)
  const renamed = current.values.map((value) => renames.find(([, from]) => from === value)?.[0] ?? value)
  const kept = desired.values.filter((value) => renamed.includes(value))
  if (kept.length !== renamed.length || kept.some((value, index) => value !== renamed[index])) return undefined
  const additions = desired.values.flatMap((value, index): readonly AddEnumValue[] => {
    if (renamed.includes(value)) return []
    const after = desired.values[index - 1]
    const before = desired.values.slice(index + 1).find((later) => renamed.includes(later))
    return [
      {
        type: 'add_enum_value',
        ...of(desired),
        value,
        ...(after !== undefined ? { after } : before !== undefined ? { before } : {}),
      },
    ]
  })
  return [
    ...renames.map(([to, from]): RenameEnumValue => ({ type: 'rename_enum_value', ...of(desired), from, to })),
    ...additions,
  ]
}

export const enums: ObjectKind<Enum, EnumOperation, { schema_name: string; name: string; labels: string }> = {
  name: 'enum',
  createdAs: ['type'],
  identify: (type) => ({ kind: 'enum', schemaName: type.schemaName, name: type.name }),
  names: (type) => [{ space: 'type', schemaName: type.schemaName, name: type.name }],
  address: (type) => sql`type ${qualified(type.schemaName, type.name)}`,
  declare: (model) =>
    model.enums.map(({ schemaName, name, values, renamedFrom, renamedValues, replacedValues, source }) => ({
      schemaName,
      name,
      values,
      renamedFrom,
      renamedValues,
      replacedValues,
      source,
    })),
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_type where typtype = 'e' and typnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, t.typname as name, l.labels, '1247:' || t.oid || ':0,1247:' || t.typarray || ':0' as addresses
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      cross join lateral (select coalesce(json_agg(e.enumlabel order by e.enumsortorder), '[]') as labels from pg_enum e where e.enumtypid = t.oid) l
      where t.typtype = 'e' and n.nspname = any(${schemas})
        and not exists (select from pg_depend d where d.classid = 1247 and d.objid = t.oid and d.deptype = 'e')
      order by 1, 2`,
    read: (row) => ({ schemaName: row.schema_name, name: row.name, values: JSON.parse(row.labels) as string[] }),
  },
  differences: (current, desired) => differing(current, desired, ['values']),
  create: (type) => [{ type: 'create_enum', ...of(type), values: type.values }],
  alter: (current, desired) => inPlace(current, desired) ?? 'recreate',
  rename: (current, desired) => ({ type: 'rename_enum', ...of(current), newName: desired.name }),
  aside: (current, desired, name) => [
    ...renamedValues(current, desired).map(
      ([to, from]): RenameEnumValue => ({ type: 'rename_enum_value', ...of(current), from, to }),
    ),
    { type: 'rename_enum', ...of(current), newName: name },
  ],
  moves,
  drop: (type) => ({ type: 'drop_enum', ...of(type), was: type }),
  operations: {
    create_enum: {
      describe: (op) => `Create enum '${shown(op)}' (${op.values.map((value) => `'${value}'`).join(', ')})`,
      sql: (op) => sql`create type ${nameOf(op)} as enum (${join(op.values.map(literal))})`,
      inverse: (op) => [
        {
          type: 'drop_enum',
          schemaName: op.schemaName,
          enumName: op.enumName,
          was: { schemaName: op.schemaName, name: op.enumName, values: op.values },
        },
      ],
    },
    drop_enum: {
      describe: (op) => `Drop enum '${shown(op)}'`,
      sql: (op) => sql`drop type ${nameOf(op)}`,
      inverse: (op) => [
        { type: 'create_enum', schemaName: op.schemaName, enumName: op.enumName, values: op.was.values },
      ],
    },
    rename_enum: {
      describe: (op) => `Rename enum '${shown(op)}' to '${op.newName}'`,
      sql: (op) => sql`alter type ${nameOf(op)} rename to ${id(op.newName)}`,
      inverse: (op) => [{ type: 'rename_enum', schemaName: op.schemaName, enumName: op.newName, newName: op.enumName }],
    },
    add_enum_value: {
      describe: (op) =>
        `Add value '${op.value}' to enum '${shown(op)}'${op.after !== undefined ? ` after '${op.after}'` : op.before !== undefined ? ` before '${op.before}'` : ''}`,
      sql: (op) => {
        const place =
          op.after !== undefined
            ? sql` after ${literal(op.after)}`
            : op.before !== undefined
              ? sql` before ${literal(op.before)}`
              : sql``
        return sql`alter type ${nameOf(op)} add value ${literal(op.value)}${place}`
      },
      transaction: (op, facts) =>
        facts.usesLater({ space: 'type', schemaName: op.schemaName, name: op.enumName }, op.value)
          ? 'commit-after'
          : 'inside',
    },
    rename_enum_value: {
      describe: (op) => `Rename value '${op.from}' of enum '${shown(op)}' to '${op.to}'`,
      sql: (op) => sql`alter type ${nameOf(op)} rename value ${literal(op.from)} to ${literal(op.to)}`,
      inverse: (op) => [{ ...op, from: op.to, to: op.from }],
    },
  },
}
