// Operations as calls of the builder, where it has a word for all that they say; undefined where it has not.
import type { OperationBase } from '../../engine/kind.js'
import { foreignKeyName, indexName, primaryKeyName, uniqueConstraintName } from '../../model/naming.js'
import type { Operation } from '../operations.js'
import { columnCall, columnChain, defaultCode, typeCode } from './column-calls.js'
import { literalOf, options, quoted, tagged } from './literals.js'

type Data = Readonly<Record<string, unknown>>
type CallOf = { readonly [T in Operation['type']]?: (op: Extract<Operation, { type: T }>) => string | undefined }

/** A name as the builder takes it; undefined for one with a dot of its own. */
function named(schemaName: string | undefined, name: string): string | undefined {
  if (name.includes('.') || schemaName?.includes('.')) return undefined
  return quoted(schemaName === undefined || schemaName === 'public' ? name : `${schemaName}.${name}`)
}

/** Only fields that the builder knows: one more, and the operation is written as it is. */
const only = (data: object, ...known: readonly string[]): boolean =>
  Object.entries(data).every(
    ([key, value]) =>
      known.includes(key) ||
      value === undefined ||
      value === null ||
      value === false ||
      (Array.isArray(value) && value.length === 0),
  )

const call = (name: string, ...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : `${name}(${parts.filter((part) => part !== '').join(', ')})`

const list = (names: readonly string[]): string => literalOf(names)

interface Constraint extends Data {
  readonly name: string
  readonly type: string
  readonly columns?: readonly string[]
  readonly expression?: string
}

/** The name that the builder would choose. */
const defaultNameOf = (table: string, { type, columns = [] }: Constraint): string | undefined =>
  type === 'primary key' ? primaryKeyName(table) : type === 'unique' ? uniqueConstraintName(table, columns) : undefined

/** `, { name: '…' }` where it is another one. */
const nameOf = ({ name }: Constraint, usual: string | undefined): string =>
  name === usual ? '' : `, ${options({ name: quoted(name) })}`

/** A line of createTable's callback. */
function constraintLine(table: string, constraint: Constraint): string | undefined {
  if (!only(constraint, 'name', 'type', 'columns', 'expression')) return undefined
  const name = nameOf(constraint, defaultNameOf(table, constraint))
  if (constraint.type === 'check')
    return constraint.expression === undefined ? undefined : `t.check(${tagged(constraint.expression)}${name})`
  if (!constraint.columns) return undefined
  return constraint.type === 'primary key'
    ? `t.primaryKey(${list(constraint.columns)}${name})`
    : constraint.type === 'unique'
      ? `t.unique(${list(constraint.columns)}${name})`
      : undefined
}

const keyCode = (key: Data): string | undefined => {
  if (!only(key, 'column', 'value', 'order', 'nulls', 'opclass', 'opclassSchema', 'collation', 'collationSchema'))
    return undefined
  const { column, value, order, nulls, opclass, opclassSchema, collation, collationSchema } = key as {
    column?: string
    value?: { expression: string }
    order: string
    nulls: string
    opclass: string | null
    opclassSchema?: string
    collation: string | null
    collationSchema?: string
  }
  const what = column !== undefined ? quoted(column) : tagged(value?.expression ?? '')
  const usual = order === 'asc' && nulls === 'last' && opclass === null && collation === null
  if (usual) return what
  const within = (schema: string | undefined, name: string | null) =>
    name === null ? undefined : quoted(schema === undefined ? name : `${schema}.${name}`)
  return options({
    [column !== undefined ? 'column' : 'expression']: what,
    ...(order === 'desc' ? { order: quoted('desc') } : {}),
    ...(nulls !== (order === 'desc' ? 'first' : 'last') ? { nulls: quoted(nulls) } : {}),
    opclass: within(opclassSchema, opclass),
    collation: within(collationSchema, collation),
  })
}

const usualIndexName = (table: string, keys: readonly { readonly column?: string }[]): string =>
  indexName(
    table,
    keys.map((key) => key.column),
  )

const calls: CallOf = {
  create_schema: (op) => call('createSchema', quoted(op.schemaName)),
  drop_schema: (op) => call('dropSchema', quoted(op.schemaName)),
  create_enum: (op) => call('createEnum', named(op.schemaName, op.enumName), list(op.values)),
  drop_enum: (op) => call('dropEnum', named(op.schemaName, op.enumName)),
  rename_enum: (op) => call('renameEnum', named(op.schemaName, op.enumName), quoted(op.newName)),
  rename_enum_value: (op) => call('renameEnumValue', named(op.schemaName, op.enumName), quoted(op.from), quoted(op.to)),
  add_enum_value: (op) =>
    call(
      'addEnumValue',
      named(op.schemaName, op.enumName),
      quoted(op.value),
      options({
        before: op.before === undefined ? undefined : quoted(op.before),
        after: op.after === undefined ? undefined : quoted(op.after),
      }),
    ),
  create_table: (op) => {
    if (!only(op.schema, 'columns', 'constraints') || !only(op, 'type', 'schemaName', 'tableName', 'schema'))
      return undefined
    const lines = [
      ...op.schema.columns.map(({ name, ...config }) => columnCall(name, config)),
      ...op.schema.constraints.map((constraint) => constraintLine(op.tableName, constraint as unknown as Constraint)),
    ]
    if (lines.includes(undefined)) return undefined
    return call(
      'createTable',
      named(op.schemaName, op.tableName),
      lines.length === 0 ? '() => {}' : `(t) => {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`,
    )
  },
  drop_table: (op) => call('dropTable', named(op.schemaName, op.tableName)),
  rename_table: (op) => call('renameTable', named(op.schemaName, op.tableName), quoted(op.newName)),
  add_column: (op) => {
    const chain = columnChain(op.config)
    return chain === undefined
      ? undefined
      : call(
          'addColumn',
          named(op.schemaName, op.tableName),
          quoted(op.columnName),
          quoted(typeCode(op.config.type)),
          chain === '' ? '' : `(c) => c${chain}`,
        )
  },
  drop_column: (op) =>
    op.only ? undefined : call('dropColumn', named(op.schemaName, op.tableName), quoted(op.columnName)),
  rename_column: (op) =>
    call('renameColumn', named(op.schemaName, op.tableName), quoted(op.columnName), quoted(op.newName)),
  alter_column: (op) => {
    const { from, to } = op
    const known = ['type', 'nullable', 'default', 'using', 'backfill', 'generated', 'identity', 'collation']
    const same = (field: 'generated' | 'identity' | 'collation') =>
      JSON.stringify(from[field] ?? null) === JSON.stringify(to[field] ?? null)
    if (!only(from, ...known) || !only(to, ...known) || !same('generated') || !same('identity') || !same('collation'))
      return undefined
    const changes = options({
      type: from.type === to.type ? undefined : quoted(typeCode(to.type)),
      nullable: from.nullable === to.nullable ? undefined : String(to.nullable),
      default:
        from.default === to.default ? undefined : to.default === undefined ? 'null' : defaultCode(to.default, to.type),
      using: to.using === undefined ? undefined : tagged(to.using),
      backfill: to.backfill === undefined ? undefined : tagged(to.backfill),
    })
    return changes === ''
      ? undefined
      : call('alterColumn', named(op.schemaName, op.tableName), quoted(op.columnName), changes)
  },
  create_index: (op) => {
    const { keys, include, unique, method, where, nullsNotDistinct, ...rest } = op.config
    if (nullsNotDistinct || !only(rest)) return undefined
    const codes = keys.map((key) => keyCode(key as unknown as Data))
    if (codes.includes(undefined)) return undefined
    return call(
      'createIndex',
      named(op.schemaName, op.tableName),
      `[${codes.join(', ')}]`,
      options({
        name: op.indexName === usualIndexName(op.tableName, keys) ? undefined : quoted(op.indexName),
        unique: unique ? 'true' : undefined,
        method: method === 'btree' ? undefined : quoted(method),
        where: where ? tagged(where.expression) : undefined,
        include: include.length === 0 ? undefined : list(include),
      }),
    )
  },
  drop_index: (op) => call('dropIndex', named(op.schemaName, op.indexName)),
  rename_index: (op) => call('renameIndex', named(op.schemaName, op.indexName), quoted(op.newName)),
  create_primary_key: (op) => added(op, 'addPrimaryKey'),
  create_unique_constraint: (op) => added(op, 'addUnique'),
  create_check_constraint: (op) => {
    const { constraint } = op
    if (!only(constraint, 'name', 'type', 'expression') || constraint.expression === undefined) return undefined
    return call(
      'addCheck',
      named(op.schemaName, op.tableName),
      tagged(constraint.expression),
      options({ name: quoted(constraint.name) }),
    )
  },
  drop_primary_key: (op) => dropped(op),
  drop_unique_constraint: (op) => dropped(op),
  drop_check_constraint: (op) => dropped(op),
  rename_constraint: (op) =>
    call('renameConstraint', named(op.schemaName, op.tableName), quoted(op.constraintName), quoted(op.newName)),
  create_foreign_key: (op) => {
    const { constraint } = op
    if (!only(constraint, 'name', 'columns', 'references', 'onDelete', 'onUpdate')) return undefined
    const { references, onDelete, onUpdate } = constraint
    return call(
      'addForeignKey',
      named(op.schemaName, op.tableName),
      list(constraint.columns),
      options({
        name:
          constraint.name === foreignKeyName(op.tableName, constraint.columns) ? undefined : quoted(constraint.name),
        table: named(references.schemaName, references.table) ?? quoted(references.table),
        columns: references.columns.join() === 'id' ? undefined : list(references.columns),
        onDelete: onDelete === 'no action' ? undefined : quoted(onDelete),
        onUpdate: onUpdate === 'no action' ? undefined : quoted(onUpdate),
      }),
    )
  },
  drop_foreign_key: (op) => call('dropForeignKey', named(op.schemaName, op.tableName), quoted(op.constraintName)),
  set_comment: (op) => {
    const { on } = op
    const text = op.comment === null ? 'null' : quoted(op.comment)
    if (on.kind === 'table') return call('comment', named(on.schemaName, on.name), text)
    const table = named(on.schemaName, on.table ?? '')
    return on.kind === 'column' && table !== undefined
      ? call('comment', options({ table, column: quoted(on.name) }), text)
      : undefined
  },
}

function added(
  op: { readonly schemaName: string; readonly tableName: string; readonly constraint: object },
  name: string,
): string | undefined {
  const constraint = op.constraint as Constraint
  if (!only(constraint, 'name', 'type', 'columns') || !constraint.columns) return undefined
  return call(
    name,
    named(op.schemaName, op.tableName),
    list(constraint.columns),
    nameOf(constraint, defaultNameOf(op.tableName, constraint)).slice(2),
  )
}

const dropped = (op: {
  readonly schemaName: string
  readonly tableName: string
  readonly constraintName: string
}): string | undefined => call('dropConstraint', named(op.schemaName, op.tableName), quoted(op.constraintName))

/** `createTable('users', (t) => { … })`, without `await schema.`. */
export const callOf = (operation: OperationBase): string | undefined =>
  (calls as Readonly<Record<string, ((op: OperationBase) => string | undefined) | undefined>>)[operation.type]?.(
    operation,
  )
