// The public surface, by stage. Names are listed one by one; nothing else of the package re-exports.

// The command line's configuration
export { defineConfig, type LockstepConfig } from './cli/config.js'
export type {
  DatabaseClient,
  DatabaseErrorFields,
  DatabaseSession,
  QueryResult,
  ScriptResult,
  Server,
} from './client/database-client.js'
export { openClient } from './client/open-client.js'
// Clients
export { PgClient, type PgFields } from './client/pg-client.js'
export { PgliteClient, type PgliteOptions } from './client/pglite-client.js'
export type { LogOptions } from './client/statement-log.js'
// A context
export { DbContext } from './context/db-context.js'
export { type DiffOptions, diffSources } from './context/diff-sources.js'
export { DbEntityTable } from './context/entity-table.js'
export type { ContextOptions, Filter, MigrateOptions, MigrateReport, SchemaOptions } from './context/options.js'
export { DbSchemaManager } from './context/schema-manager.js'
export type { DesiredSource } from './context/sources.js'
export type { ObjectId } from './engine/identity.js'
export type { OperationBase, Risk, RiskLevel } from './engine/kind.js'
export type { Blocked, Decision, NotManaged, Plan, Question, Report, Step, StepReport } from './engine/plan.js'
// Errors
export {
  type ErrorCode,
  type ErrorOptions,
  ExecutionError,
  errorCodes,
  type FailedStatement,
  IntrospectionError,
  LockHeldError,
  LockstepError,
  MigrationError,
  type MigrationIssue,
  ModelError,
  type ModelIssue,
  PlanError,
  RefusedError,
  UsageError,
} from './errors.js'
export { type Allowance, allow, type Confirmer } from './execute/confirm.js'
export type { LockHolder, RunEvent, RunListener } from './execute/events.js'
export type { CollationReference, OwnCollation } from './model/column-types.js'
export {
  array,
  bigint,
  bigserial,
  bit,
  boolean,
  box,
  bytea,
  type Circle,
  ColumnType,
  char,
  cidr,
  circle,
  customType,
  date,
  datemultirange,
  daterange,
  doublePrecision,
  type EnumOptions,
  EnumType,
  enumType,
  type Interval,
  inet,
  int4multirange,
  int4range,
  int8multirange,
  int8range,
  integer,
  interval,
  json,
  jsonb,
  jsonpath,
  line,
  lseg,
  macaddr,
  macaddr8,
  money,
  numeric,
  nummultirange,
  numrange,
  oid,
  type Point,
  path,
  pgLsn,
  point,
  polygon,
  real,
  serial,
  smallint,
  smallserial,
  text,
  time,
  timestamp,
  timestamptz,
  timetz,
  tsmultirange,
  tsquery,
  tsrange,
  tstzmultirange,
  tstzrange,
  tsvector,
  uuid,
  varbit,
  varchar,
  xml,
} from './model/column-types.js'
export type {
  CheckBuilder,
  ExcludeBuilder,
  IndexBuilder,
  KeyBuilder,
  NameBuilder,
  RelationBuilder,
} from './model/constraint-builders.js'
export type {
  CheckOptions,
  Deferrable,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyOptions,
  IndexKey,
  IndexOptions,
  KeyOptions,
  NamedOptions,
  PrimaryKeyOptions,
  StorageOptions,
} from './model/constraint-options.js'
export type {
  ClassDecoratorFor,
  FieldDecorator,
  InferredDecorator,
  Mismatch,
  PropertyDecoratorOfBoth,
} from './model/decorator-types.js'
// A model
export {
  Check,
  type ClassForeignKeyOptions,
  Column,
  Entity,
  Exclude,
  ForeignKey,
  Index,
  PrimaryKey,
  type PropertyForeignKeyOptions,
  Unique,
  With,
} from './model/decorators.js'
export type {
  BoundValue,
  ColumnOptions,
  ColumnStatisticsOptions,
  EntityOptions,
  Further,
  GeneratedOptions,
  IdentityOptions,
  NotNullOptions,
  PartitionByOptions,
  PartitionOptions,
  PlacedObject,
} from './model/draft.js'
export type { EntityBuilder, TableOptions } from './model/entity-builder.js'
export type { EntityClass, EntityReference } from './model/entity-class.js'
export type { FurtherIndex, FurtherIndexKey } from './model/further-indexes.js'
export type { DbModelConfig, ExtensionOptions, SchemaModelOptions, SequenceOptions } from './model/model-builder.js'
export type {
  ForeignKeyAction,
  FurtherObject,
  ModelConfig,
  ReplicaIdentityConfig,
  SourceLine,
} from './model/model-config.js'
export { defaultNaming, type NamingStrategy } from './model/naming.js'
export type { PropertyBuilder } from './model/property-builder.js'
export { type AggregateOptions, aggregate } from './objects/aggregates/declare.js'
// Further kinds
export { type CollationOptions, collation } from './objects/collations/factory.js'
export { type AttributeOptions, type CompositeTypeOptions, compositeType } from './objects/composite-types/factory.js'
export { type DefaultPrivilegeOptions, defaultPrivileges } from './objects/default-privileges/default-privilege.js'
export { type DomainCheckOptions, type DomainOptions, domain } from './objects/domains/factory.js'
export { type GrantedOn, schema } from './objects/granted-on.js'
export { type GrantOptions, grant } from './objects/grants/grant.js'
export {
  type MaterializedViewOptions,
  materializedView,
} from './objects/materialized-views/materialized-view.js'
export { type OwnerOptions, owner } from './objects/owners/owner.js'
export { type PolicyCommand, type PolicyOptions, policy } from './objects/policies/policy.js'
export type { Privilege } from './objects/privileges.js'
export { type RangeColumnType, type RangeTypeOptions, rangeType } from './objects/range-types/factory.js'
// Plans and runs
export type { Operation } from './objects/registry.js'
export {
  type FunctionOptions,
  type ProcedureOptions,
  procedure,
  type RoutineArgument,
  sqlFunction,
} from './objects/routines/declare.js'
export { type StatisticsOptions, type StatisticsType, statistics } from './objects/statistics/statistics.js'
export { type TriggerOptions, trigger } from './objects/triggers/declare.js'
export { type ViewOptions, view } from './objects/views/view.js'
// SQL
export { id, isSql, join, literal, qualified, raw, type Sql, sql } from './sql/sql.js'
