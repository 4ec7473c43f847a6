// What others rely on: the names that the package exports, and the codes of its errors with the page that explains them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/errors.js'
import { nodes, root, sources } from './support/sources.js'

/** Names that a module exports; types are marked. */
function exportsOf(path: string): readonly string[] {
  const tree = sources.find((source) => source.path === path)?.tree
  return [...(tree?.statements ?? [])]
    .flatMap((statement) => {
      if (ts.isExportDeclaration(statement)) {
        if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return ['*']
        return statement.exportClause.elements.map((one) =>
          statement.isTypeOnly || one.isTypeOnly ? `type ${one.name.text}` : one.name.text,
        )
      }
      const exported = ts.canHaveModifiers(statement)
        ? ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)
        : false
      if (!exported) return []
      if (ts.isVariableStatement(statement))
        return statement.declarationList.declarations.map((one) => one.name.getText(tree))
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
        return [`type ${statement.name.text}`]
      if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
        return [statement.name?.text ?? 'default']
      return ['?']
    })
    .sort()
}

describe('public names: one that goes breaks somebody, one that comes must be meant', () => {
  test('lockstep-pg', () => {
    expect(exportsOf('index.ts')).toEqual([
      'Check',
      'Column',
      'ColumnType',
      'DbContext',
      'DbEntityTable',
      'DbSchemaManager',
      'Entity',
      'EnumType',
      'Exclude',
      'ExecutionError',
      'ForeignKey',
      'Index',
      'IntrospectionError',
      'LockHeldError',
      'LockstepError',
      'MigrationError',
      'ModelError',
      'PgClient',
      'PgliteClient',
      'PlanError',
      'PrimaryKey',
      'RefusedError',
      'Unique',
      'UsageError',
      'With',
      'aggregate',
      'allow',
      'array',
      'bigint',
      'bigserial',
      'bit',
      'boolean',
      'box',
      'bytea',
      'char',
      'cidr',
      'circle',
      'collation',
      'compositeType',
      'customType',
      'date',
      'datemultirange',
      'daterange',
      'defaultNaming',
      'defaultPrivileges',
      'defineConfig',
      'diffSources',
      'domain',
      'doublePrecision',
      'enumType',
      'errorCodes',
      'grant',
      'id',
      'inet',
      'int4multirange',
      'int4range',
      'int8multirange',
      'int8range',
      'integer',
      'interval',
      'isSql',
      'join',
      'json',
      'jsonb',
      'jsonpath',
      'line',
      'literal',
      'lseg',
      'macaddr',
      'macaddr8',
      'materializedView',
      'money',
      'numeric',
      'nummultirange',
      'numrange',
      'oid',
      'openClient',
      'owner',
      'path',
      'pgLsn',
      'point',
      'policy',
      'polygon',
      'procedure',
      'qualified',
      'rangeType',
      'raw',
      'real',
      'schema',
      'serial',
      'smallint',
      'smallserial',
      'sql',
      'sqlFunction',
      'statistics',
      'text',
      'time',
      'timestamp',
      'timestamptz',
      'timetz',
      'trigger',
      'tsmultirange',
      'tsquery',
      'tsrange',
      'tstzmultirange',
      'tstzrange',
      'tsvector',
      'type AggregateOptions',
      'type Allowance',
      'type AttributeOptions',
      'type Blocked',
      'type BoundValue',
      'type CheckBuilder',
      'type CheckOptions',
      'type Circle',
      'type ClassDecoratorFor',
      'type ClassForeignKeyOptions',
      'type CollationOptions',
      'type CollationReference',
      'type ColumnOptions',
      'type ColumnStatisticsOptions',
      'type CompositeTypeOptions',
      'type Confirmer',
      'type ContextOptions',
      'type DatabaseClient',
      'type DatabaseErrorFields',
      'type DatabaseSession',
      'type DbModelConfig',
      'type Decision',
      'type DefaultPrivilegeOptions',
      'type Deferrable',
      'type DesiredSource',
      'type DiffOptions',
      'type DomainCheckOptions',
      'type DomainOptions',
      'type EntityBuilder',
      'type EntityClass',
      'type EntityOptions',
      'type EntityReference',
      'type EnumOptions',
      'type ErrorCode',
      'type ErrorOptions',
      'type ExcludeBuilder',
      'type ExcludeElement',
      'type ExcludeOptions',
      'type ExtensionOptions',
      'type FailedStatement',
      'type FieldDecorator',
      'type Filter',
      'type ForeignKeyAction',
      'type ForeignKeyOptions',
      'type FunctionOptions',
      'type Further',
      'type FurtherIndex',
      'type FurtherIndexKey',
      'type FurtherObject',
      'type GeneratedOptions',
      'type GrantOptions',
      'type GrantedOn',
      'type IdentityOptions',
      'type IndexBuilder',
      'type IndexKey',
      'type IndexOptions',
      'type InferredDecorator',
      'type Interval',
      'type KeyBuilder',
      'type KeyOptions',
      'type LockHolder',
      'type LockstepConfig',
      'type LogOptions',
      'type MaterializedViewOptions',
      'type MigrateOptions',
      'type MigrateReport',
      'type MigrationIssue',
      'type Mismatch',
      'type ModelConfig',
      'type ModelIssue',
      'type NameBuilder',
      'type NamedOptions',
      'type NamingStrategy',
      'type NotManaged',
      'type NotNullOptions',
      'type ObjectId',
      'type Operation',
      'type OperationBase',
      'type OwnCollation',
      'type OwnerOptions',
      'type PartitionByOptions',
      'type PartitionOptions',
      'type PgFields',
      'type PgliteOptions',
      'type PlacedObject',
      'type Plan',
      'type Point',
      'type PolicyCommand',
      'type PolicyOptions',
      'type PrimaryKeyOptions',
      'type Privilege',
      'type ProcedureOptions',
      'type PropertyBuilder',
      'type PropertyDecoratorOfBoth',
      'type PropertyForeignKeyOptions',
      'type QueryResult',
      'type Question',
      'type RangeColumnType',
      'type RangeTypeOptions',
      'type RelationBuilder',
      'type ReplicaIdentityConfig',
      'type Report',
      'type Risk',
      'type RiskLevel',
      'type RoutineArgument',
      'type RunEvent',
      'type RunListener',
      'type SchemaModelOptions',
      'type SchemaOptions',
      'type ScriptResult',
      'type SequenceOptions',
      'type Server',
      'type SourceLine',
      'type Sql',
      'type StatisticsOptions',
      'type StatisticsType',
      'type Step',
      'type StepReport',
      'type StorageOptions',
      'type TableOptions',
      'type TriggerOptions',
      'type ViewOptions',
      'uuid',
      'varbit',
      'varchar',
      'view',
      'xml',
    ])
  })

  test('lockstep-pg/testing', () => {
    expect(exportsOf('testing/index.ts')).toEqual(['conformance', 'type Check'])
  })
})

describe('codes of errors', () => {
  const codes = Object.keys(errorCodes).sort()

  test('each has a section of docs/errors.md, and no other has', () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')
    const headings = [...page.matchAll(/^#{2,4} `?([A-Z][A-Z0-9_]+)`?$/gm)].map(([, code]) => code)
    expect(headings.sort()).toEqual(codes)
  })

  test('each is thrown somewhere', () => {
    const used = new Set(
      sources
        .filter(({ path }) => path !== 'errors.ts')
        .flatMap(({ tree }) => [...nodes(tree)].flatMap((node) => (ts.isStringLiteralLike(node) ? [node.text] : []))),
    )
    // The errors' own file uses one: that of a whole model.
    expect(codes.filter((code) => !used.has(code) && code !== 'MODEL_INVALID')).toEqual([])
  })
})
