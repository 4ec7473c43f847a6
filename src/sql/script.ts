// What the statements of a script are: which of them control transactions, which cannot run inside one, what they create.
import { pieces } from './lexical.js'
import { type Parser, strings, type Tree } from './parser.js'

export interface Statement {
  readonly text: string
  /** Offset in the script, and line, from 1. */
  readonly start: number
  readonly line: number
  /** A command of psql; nothing that a server understands. */
  readonly psql?: true
  /** The node's type, for example `CreateStmt`; undefined where the parser does not know the syntax. */
  readonly type?: string
  readonly node?: Tree
}

/** The statements of a text, one by one, understood where the parser can. */
export function splitScript(text: string, parser: Parser): readonly Statement[] {
  return pieces(text).map((piece) => {
    if (piece.psql) return piece
    const parsed = parser.parse(piece.text)
    const first = parsed.error === undefined ? parsed.statements[0] : undefined
    return first ? { ...piece, type: first.type, node: first.node[first.type] as Tree } : piece
  })
}

/** `transaction`: begins or ends one. `outside`: cannot run inside one. `server`: reaches beyond this database. */
export type StatementClass = 'ordinary' | 'transaction' | 'outside' | 'server'

const savepoints = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO'])
const serverWide =
  /^(CreatedbStmt|DropdbStmt|AlterDatabase\w*Stmt|CreateRoleStmt|AlterRole\w*Stmt|DropRoleStmt|CreateTableSpaceStmt|DropTableSpaceStmt|AlterTableSpace\w*Stmt|AlterSystemStmt)$/
const outside = new Set(['VacuumStmt', 'ClusterStmt'])
const byText: readonly (readonly [RegExp, StatementClass])[] = [
  [
    /^(begin|start\s+transaction|commit|end|abort|rollback(?!\s+(?:work\s+|transaction\s+)?to\b)|prepare\s+transaction)\b/i,
    'transaction',
  ],
  [/^(create|drop|alter)\s+(database|role|user(?!\s+mapping)|group|tablespace)\b|^alter\s+system\b/i, 'server'],
  [/^vacuum\b|^(create\s+(unique\s+)?index|drop\s+index|reindex\b.*)\s+concurrently\b/i, 'outside'],
]

export function classify({ type, node, text }: Statement): StatementClass {
  if (type === undefined || !node)
    return (
      byText.find(([pattern]) => pattern.test(text.replace(/^(\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '')))?.[1] ??
      'ordinary'
    )
  if (type === 'TransactionStmt') return savepoints.has(node.kind as string) ? 'ordinary' : 'transaction'
  // SET TRANSACTION and SET SESSION CHARACTERISTICS
  if (type === 'VariableSetStmt' && node.kind === 'VAR_SET_MULTI' && node.name === 'TRANSACTION') return 'transaction'
  if (serverWide.test(type)) return 'server'
  if (outside.has(type) || node.concurrent === true || /^(reindex)\b[\s\S]*\bconcurrently\b/i.test(text))
    return 'outside'
  return 'ordinary'
}

/** What a CREATE names, as it is written; without a schema where none is written. */
export interface CreatedObject {
  readonly objectType: string
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
}

type Describe = (node: Tree) => readonly CreatedObject[]

const record = (value: unknown): Tree => (value ?? {}) as Tree
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const relation = (objectType: string, value: unknown): CreatedObject =>
  inSchema(objectType, record(value).schemaname, record(value).relname)
const inSchema = (objectType: string, schema: unknown, name: unknown): CreatedObject => ({
  objectType,
  ...(typeof schema === 'string' && schema !== '' ? { schemaName: schema } : {}),
  name: text(name),
})
const named = (objectType: string, list: unknown): CreatedObject => {
  const parts = strings(list as never)
  return inSchema(objectType, parts.at(-2), parts.at(-1))
}
const onTable = (objectType: string, table: unknown, name: unknown): CreatedObject => ({
  ...inSchema(objectType, record(table).schemaname, name),
  table: text(record(table).relname),
})

const defined: Readonly<Record<string, string>> = {
  OBJECT_AGGREGATE: 'aggregate',
  OBJECT_OPERATOR: 'operator',
  OBJECT_TYPE: 'type',
  OBJECT_COLLATION: 'collation',
  OBJECT_TSCONFIGURATION: 'text search configuration',
  OBJECT_TSDICTIONARY: 'text search dictionary',
  OBJECT_TSPARSER: 'text search parser',
  OBJECT_TSTEMPLATE: 'text search template',
}

const made: Readonly<Record<string, Describe>> = {
  CreateStmt: (node) => [relation('table', node.relation)],
  CreateForeignTableStmt: (node) => [relation('foreign table', record(node.base).relation)],
  CreateTableAsStmt: (node) => [
    relation(node.objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table', record(node.into).rel),
  ],
  SelectStmt: (node) => (node.intoClause ? [relation('table', record(node.intoClause).rel)] : []),
  ViewStmt: (node) => [relation('view', node.view)],
  CreateSeqStmt: (node) => [relation('sequence', node.sequence)],
  IndexStmt: (node) => (node.idxname ? [onTable('index', node.relation, node.idxname)] : []),
  CreateTrigStmt: (node) => [onTable('trigger', node.relation, node.trigname)],
  CreatePolicyStmt: (node) => [onTable('policy', node.table, node.policy_name)],
  RuleStmt: (node) => [onTable('rule', node.relation, node.rulename)],
  CreateFunctionStmt: (node) => [named(node.is_procedure === true ? 'procedure' : 'function', node.funcname)],
  DefineStmt: (node) => [named(defined[text(node.kind)] ?? 'other', node.defnames)],
  CreateEnumStmt: (node) => [named('type', node.typeName)],
  CreateRangeStmt: (node) => [named('type', node.typeName)],
  CompositeTypeStmt: (node) => [relation('composite type', node.typevar)],
  CreateDomainStmt: (node) => [named('domain', node.domainname)],
  CreateStatsStmt: (node) => [named('statistics object', node.defnames)],
  CreateConversionStmt: (node) => [named('conversion', node.conversion_name)],
  CreateOpClassStmt: (node) => [named('operator class', node.opclassname)],
  CreateOpFamilyStmt: (node) => [named('operator family', node.opfamilyname)],
  CreateExtensionStmt: (node) => [{ objectType: 'extension', name: text(node.extname) }],
  CreateSchemaStmt: (node) => [{ objectType: 'schema', name: text(node.schemaname) }],
  AlterTableStmt: (node) =>
    (Array.isArray(node.cmds) ? node.cmds : []).flatMap((item: unknown) =>
      addedTo(node.relation, record(record(item).AlterTableCmd)),
    ),
}

/** ADD COLUMN and ADD CONSTRAINT make something too. */
function addedTo(table: unknown, command: Tree): readonly CreatedObject[] {
  const { ColumnDef: column, Constraint: constraint } = record(command.def) as { ColumnDef?: Tree; Constraint?: Tree }
  if (command.subtype === 'AT_AddColumn' && column) return [onTable('table column', table, column.colname)]
  if (command.subtype === 'AT_AddConstraint' && constraint?.conname)
    return [onTable('table constraint', table, constraint.conname)]
  return []
}

/** The objects that a statement makes. */
export function createdObjects({ type, node }: Statement): readonly CreatedObject[] {
  return type === undefined || !node ? [] : (made[type]?.(node) ?? []).filter((object) => object.name !== '')
}
