// A table as data: its own fields, what create_table makes in one statement, and the catalog's partition key.
import type { Expression } from '../../engine/kind.js'
import { expression } from '../../sql/expression.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import type { ColumnConfig } from '../columns/column.js'
import type { ColumnOverride } from '../columns/inherited.js'
import type { ConstraintConfig } from '../constraints/constraint.js'
import type { TableName } from '../relations.js'

export interface PartitionKey {
  readonly column?: string
  readonly value?: Expression
  readonly opclass?: { readonly schemaName?: string; readonly name: string } | null
  readonly collation?: { readonly schemaName?: string; readonly collationName: string } | null
}

/** `schemaName` and `table` are the table's own: the key's columns are columns of it. */
export interface PartitionBy extends TableName {
  readonly strategy: 'range' | 'list' | 'hash'
  readonly keys: readonly PartitionKey[]
}

export interface Table {
  readonly schemaName: string
  readonly name: string
  readonly unlogged?: boolean
  /** Storage parameters, those of the TOAST table as `toast.…`. */
  readonly parameters?: Readonly<Record<string, string>>
  /** null: heap. */
  readonly accessMethod?: string | null
  /** null: the database's. */
  readonly tablespace?: string | null
  readonly rowSecurity?: boolean
  readonly forceRowSecurity?: boolean
  readonly partitionBy?: PartitionBy | null
  readonly renamedFrom?: string
}

/** What create_table makes in one statement. */
export interface TableSchema {
  readonly unlogged?: boolean
  readonly columns: readonly ({ readonly name: string } & ColumnConfig)[]
  readonly constraints: readonly ConstraintConfig[]
  /** Inherited columns that are not as the parent's are. */
  readonly overrides?: readonly ColumnOverride[]
  readonly inherits?: readonly TableName[]
  /** `bound` as PostgreSQL writes it: `FOR VALUES IN ('a')`, `DEFAULT`. */
  readonly partitionOf?: TableName & { readonly bound: string }
  readonly partitionBy?: PartitionBy
  readonly parameters?: Readonly<Record<string, string>>
  readonly accessMethod?: string
  readonly tablespace?: string
  readonly rowSecurity?: boolean
  readonly forceRowSecurity?: boolean
}

/** The table's own fields, where they are not the usual ones. */
export const ownFields = (table: Table): Omit<TableSchema, 'columns' | 'constraints' | 'overrides'> => ({
  ...(table.unlogged ? { unlogged: true } : {}),
  ...(table.partitionBy ? { partitionBy: table.partitionBy } : {}),
  ...(Object.keys(table.parameters ?? {}).length > 0 ? { parameters: table.parameters } : {}),
  ...(table.accessMethod ? { accessMethod: table.accessMethod } : {}),
  ...(table.tablespace ? { tablespace: table.tablespace } : {}),
  ...(table.rowSecurity ? { rowSecurity: true } : {}),
  ...(table.forceRowSecurity ? { forceRowSecurity: true } : {}),
})

/** `toast.autovacuum_enabled`: the part before the dot is a name of its own. */
const parameterName = (name: string): Sql => join(name.split('.').map(id), '.')
export const parameterList = (parameters: Readonly<Record<string, string>>): Sql =>
  join(Object.entries(parameters).map(([name, value]) => sql`${parameterName(name)} = ${literal(value)}`))
export const parameterNames = (names: readonly string[]): Sql => join(names.map(parameterName))

const keyClause = (key: PartitionKey): Sql =>
  join(
    [
      key.column !== undefined ? id(key.column) : sql`(${expression(key.value?.expression ?? '')})`,
      ...(key.collation ? [sql`collate ${qualified(key.collation.schemaName, key.collation.collationName)}`] : []),
      ...(key.opclass ? [qualified(key.opclass.schemaName, key.opclass.name)] : []),
    ],
    ' ',
  )

/** `partition by range ("at")`. */
export const partitionByClause = ({ strategy, keys }: PartitionBy): Sql =>
  sql`partition by ${raw(strategy)} (${join(keys.map(keyClause))})`

export const shownPartitionBy = ({ strategy, keys }: PartitionBy): string =>
  `by ${strategy} (${keys.map((key) => key.column ?? key.value?.expression ?? '').join(', ')})`

/** The key as the catalog query has it: what is not a column is an expression, in order. */
export interface PartitionKeyRow {
  readonly strategy: string
  readonly keys: readonly {
    readonly column: string | null
    readonly opclass: string | null
    readonly opclass_schema: string | null
    readonly collation: string | null
    readonly collation_schema: string | null
  }[]
  readonly expressions: string | null
}

const strategies = { r: 'range', l: 'list', h: 'hash' } as const

export function readPartitionKey(of: TableName, { strategy, keys, expressions }: PartitionKeyRow): PartitionBy {
  const texts = parts(expressions ?? '')
  let next = 0
  return {
    ...of,
    strategy: strategies[strategy as keyof typeof strategies],
    keys: keys.map((key) => ({
      ...(key.column === null ? { value: { expression: texts[next++] ?? '' } } : { column: key.column }),
      opclass: key.opclass === null ? null : { schemaName: key.opclass_schema ?? undefined, name: key.opclass },
      collation:
        key.collation === null ? null : { schemaName: key.collation_schema ?? undefined, collationName: key.collation },
    })),
  }
}

/** A list of expressions, cut at the commas that stand in no brackets and no quotes. */
function parts(text: string): readonly string[] {
  const found: string[] = []
  let [depth, start] = [0, 0]
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()[\],]/g)) {
    if (token === '(' || token === '[') depth++
    else if (token === ')' || token === ']') depth--
    else if (token === ',' && depth === 0) {
      found.push(text.slice(start, index).trim())
      start = index + 1
    }
  }
  return text === '' ? [] : [...found, text.slice(start).trim()]
}
