// The operations on composite types: what they say, their SQL, their risks, their inverses.

import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec, Risk } from '../../engine/kind.js'
import { id, join, qualified, type Sql, sql } from '../../sql/sql.js'
import { displayType, parseType } from '../../sql/types.js'
import { typeSql } from '../../sql/values.js'
import { collate, countOverColumns } from '../type-references.js'
import type { AttributeConfig } from './composite-type.js'

interface OfComposite extends OperationBase {
  readonly schemaName: string
  readonly compositeTypeName: string
}
export interface CreateCompositeType extends OfComposite {
  readonly type: 'create_composite_type'
  readonly attributes: readonly AttributeConfig[]
}
/** `renamed`: old name → new name; of the attributes in `to`, those that are in `from` under no name are new. */
export interface AlterCompositeType extends OfComposite {
  readonly type: 'alter_composite_type'
  readonly from: readonly AttributeConfig[]
  readonly to: readonly AttributeConfig[]
  readonly renamed: Readonly<Record<string, string>>
}
export interface RenameCompositeType extends OfComposite {
  readonly type: 'rename_composite_type'
  readonly newName: string
}
export interface DropCompositeType extends OfComposite {
  readonly type: 'drop_composite_type'
  readonly was: readonly AttributeConfig[]
}
export type CompositeTypeOperation = CreateCompositeType | AlterCompositeType | RenameCompositeType | DropCompositeType

const nameOf = (op: OfComposite) => qualified(op.schemaName, op.compositeTypeName)
const shown = (op: OfComposite) => display({ schemaName: op.schemaName, name: op.compositeTypeName })
const clause = ({ name, type, collation }: AttributeConfig): Sql =>
  sql`${id(name)} ${typeSql(type)}${collate(collation)}`
const text = ({ name, type }: AttributeConfig): string => `${name} ${displayType(parseType(type))}`

function changes(op: AlterCompositeType) {
  const renames = Object.entries(op.renamed)
  const after = (name: string) => op.renamed[name] ?? name
  return {
    renames,
    dropped: op.from.filter((old) => !op.to.some((now) => now.name === after(old.name))).map((old) => old.name),
    added: op.to.filter((now) => !op.from.some((old) => after(old.name) === now.name)),
  }
}

export const compositeTypeOperations: {
  readonly [T in CompositeTypeOperation['type']]: OperationSpec<Extract<CompositeTypeOperation, { type: T }>>
} = {
  create_composite_type: {
    describe: (op) => `Create composite type '${shown(op)}' (${op.attributes.map(text).join(', ')})`,
    sql: (op) => sql`create type ${nameOf(op)} as (${join(op.attributes.map(clause))})`,
    inverse: ({ attributes, ...op }) => [{ ...op, type: 'drop_composite_type', was: attributes } as OperationBase],
  },
  alter_composite_type: {
    describe: (op) => {
      const { renames, dropped, added } = changes(op)
      const parts = [
        ...renames.map(([from, to]) => `'${from}' renamed to '${to}'`),
        ...dropped.map((name) => `without '${name}'`),
        ...added.map((attribute) => `with ${text(attribute)}`),
      ]
      return `Alter composite type '${shown(op)}' (${parts.join(', ')})`
    },
    sql: (op) => {
      const { renames, dropped, added } = changes(op)
      const parts = [
        ...dropped.map((name) => sql`drop attribute ${id(name)}`),
        ...added.map((attribute) => sql`add attribute ${clause(attribute)}`),
      ]
      return [
        ...renames.map(([from, to]) => sql`alter type ${nameOf(op)} rename attribute ${id(from)} to ${id(to)}`),
        ...(parts.length === 0 ? [] : [sql`alter type ${nameOf(op)} ${join(parts)}`]),
      ]
    },
    risks: (op) =>
      changes(op).dropped.map(
        (name): Risk => ({
          level: 'data-loss',
          code: 'DROPS_ATTRIBUTE',
          reason: `All values of '${shown(op)}.${name}' are lost, wherever the type is used.`,
          measure: countOverColumns(
            op.schemaName,
            op.compositeTypeName,
            sql`(held.value).${id(name)} is distinct from null`,
          ),
        }),
      ),
    inverse: (op) => [
      {
        ...op,
        from: op.to,
        to: op.from,
        renamed: Object.fromEntries(Object.entries(op.renamed).map(([from, to]) => [to, from])),
      } as OperationBase,
    ],
  },
  rename_composite_type: {
    describe: (op) => `Rename composite type '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter type ${nameOf(op)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, compositeTypeName: op.newName, newName: op.compositeTypeName } as OperationBase],
  },
  drop_composite_type: {
    describe: (op) => `Drop composite type '${shown(op)}'`,
    sql: (op) => sql`drop type ${nameOf(op)}`,
    inverse: ({ was, ...op }) => [{ ...op, type: 'create_composite_type', attributes: was } as OperationBase],
  },
}
