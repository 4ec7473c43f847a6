// Schemas. `public` is PostgreSQL's own: it is used, never created, never dropped.
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { id, literal, sql } from '../../sql/sql.js'

export interface Schema {
  readonly name: string
  readonly renamedFrom?: string
}

export interface CreateSchema extends OperationBase {
  readonly type: 'create_schema'
  readonly schemaName: string
}
export interface DropSchema extends OperationBase {
  readonly type: 'drop_schema'
  readonly schemaName: string
  readonly was: Schema
}
export interface RenameSchema extends OperationBase {
  readonly type: 'rename_schema'
  readonly schemaName: string
  readonly newName: string
}
export type SchemaOperation = CreateSchema | DropSchema | RenameSchema

export const schemas: ObjectKind<Schema, SchemaOperation, { name: string }> = {
  name: 'schema',
  identify: (schema) => ({ kind: 'schema', name: schema.name }),
  names: (schema) => [{ space: 'schema', name: schema.name }],
  address: (schema) => sql`schema ${id(schema.name)}`,
  declare: (model) =>
    model.schemas
      .filter((schema) => schema.name !== 'public')
      .map(({ name, renamedFrom, source }) => ({ name, renamedFrom, source })),
  catalog: {
    query: (_server, schemas) => sql`
      select n.nspname as name, '2615:' || n.oid || ':0' as addresses
      from pg_namespace n where n.nspname = any(${schemas}) and n.nspname <> ${literal('public')} order by 1`,
    read: (row) => ({ name: row.name }),
  },
  differences: () => [],
  create: (schema) => [{ type: 'create_schema', schemaName: schema.name }],
  rename: (current, desired) => ({ type: 'rename_schema', schemaName: current.name, newName: desired.name }),
  drop: (schema) => ({ type: 'drop_schema', schemaName: schema.name, was: schema }),
  operations: {
    create_schema: {
      describe: (op) => `Create schema '${op.schemaName}'`,
      sql: (op) => sql`create schema ${id(op.schemaName)}`,
      inverse: (op) => [{ type: 'drop_schema', schemaName: op.schemaName, was: { name: op.schemaName } }],
    },
    drop_schema: {
      describe: (op) => `Drop schema '${op.schemaName}'`,
      sql: (op) => sql`drop schema ${id(op.schemaName)}`,
      inverse: (op) => [{ type: 'create_schema', schemaName: op.schemaName }],
    },
    rename_schema: {
      describe: (op) => `Rename schema '${op.schemaName}' to '${op.newName}'`,
      sql: (op) => sql`alter schema ${id(op.schemaName)} rename to ${id(op.newName)}`,
      inverse: (op) => [{ type: 'rename_schema', schemaName: op.newName, newName: op.schemaName }],
    },
  },
}
