// Extensions. What an extension contains is its own and never read; plpgsql comes with every database and is left alone.
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, literal, sql } from '../../sql/sql.js'

export interface Extension {
  readonly name: string
  /** Where its objects are; undefined leaves it to PostgreSQL. */
  readonly schemaName?: string
  /** Undefined: any. */
  readonly version?: string
}

export interface CreateExtension extends OperationBase {
  readonly type: 'create_extension'
  readonly extensionName: string
  readonly version?: string
}
export interface AlterExtension extends OperationBase {
  readonly type: 'alter_extension'
  readonly extensionName: string
  readonly from: Extension
  readonly to: Extension
}
export interface DropExtension extends OperationBase {
  readonly type: 'drop_extension'
  readonly extensionName: string
  readonly was: Extension
}
export type ExtensionOperation = CreateExtension | AlterExtension | DropExtension

const createOf = (extension: Extension): CreateExtension => ({
  type: 'create_extension',
  extensionName: extension.name,
  schemaName: extension.schemaName,
  version: extension.version,
})

export const extensions: ObjectKind<
  Extension,
  ExtensionOperation,
  { name: string; schema_name: string; version: string }
> = {
  name: 'extension',
  identify: (extension) => ({ kind: 'extension', name: extension.name }),
  names: (extension) => [{ space: 'extension', name: extension.name }],
  dependsOn: (extension) =>
    extension.schemaName === undefined
      ? []
      : [{ ref: { space: 'schema', name: extension.schemaName }, strength: 'needs' }],
  address: (extension) => sql`extension ${id(extension.name)}`,
  declare: (model) =>
    model.extensions.map(({ name, schemaName, version, source }) => ({ name, schemaName, version, source })),
  catalog: {
    query: (_server, schemas) => sql`
      select e.extname as name, n.nspname as schema_name, e.extversion as version, '3079:' || e.oid || ':0' as addresses
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname <> ${literal('plpgsql')} and (n.nspname = any(${schemas}) or n.nspname !~ '^pg_') order by 1`,
    read: (row) => ({ name: row.name, schemaName: row.schema_name, version: row.version }),
  },
  differences: (current, desired) => differing(current, desired, ['schemaName', 'version']),
  create: (extension) => [createOf(extension)],
  alter: (from, to) => [{ type: 'alter_extension', extensionName: to.name, from, to }],
  drop: (extension) => ({ type: 'drop_extension', extensionName: extension.name, was: extension }),
  operations: {
    create_extension: {
      describe: (op) => `Create extension '${op.extensionName}'`,
      sql: (op) => {
        const schema = op.schemaName === undefined ? sql`` : sql` schema ${id(op.schemaName)}`
        const version = op.version === undefined ? sql`` : sql` version ${id(op.version)}`
        return sql`create extension ${id(op.extensionName)}${schema}${version}`
      },
      inverse: (op) => [
        {
          type: 'drop_extension',
          extensionName: op.extensionName,
          was: { name: op.extensionName, schemaName: op.schemaName, version: op.version },
        },
      ],
    },
    alter_extension: {
      describe: (op) => {
        const changed = differing(op.from, op.to, ['schemaName', 'version'])
        const words = { schemaName: 'schema', version: 'version' }
        return `Alter extension '${op.extensionName}' (${changed.map((field) => `${words[field as keyof typeof words]} ${op.to[field]}`).join(', ')})`
      },
      sql: (op) => [
        ...(op.to.version !== undefined && op.to.version !== op.from.version
          ? [sql`alter extension ${id(op.extensionName)} update to ${id(op.to.version)}`]
          : []),
        ...(op.to.schemaName !== undefined && op.to.schemaName !== op.from.schemaName
          ? [sql`alter extension ${id(op.extensionName)} set schema ${id(op.to.schemaName)}`]
          : []),
      ],
      risks: ({ extensionName, from, to }) =>
        to.version === undefined || to.version === from.version
          ? []
          : [
              {
                level: 'may-fail',
                code: 'NO_UPDATE_PATH',
                reason: `The server may have no script that leads from version ${from.version} of extension '${extensionName}' to ${to.version}.`,
                measure: sql`select count(*) as rows from (select) one where not exists (select from pg_catalog.pg_extension_update_paths(${literal(extensionName)}) p where p.source = ${literal(from.version ?? '')} and p.target = ${literal(to.version)} and p.path is not null)`,
                stops: `Ask for a version that the server can update to (select * from pg_extension_update_paths(${literal(extensionName).text})), or drop the extension and what uses it, migrate, and let it be made again.`,
              },
            ],
      inverse: (op) => [{ type: 'alter_extension', extensionName: op.extensionName, from: op.to, to: op.from }],
    },
    drop_extension: {
      describe: (op) => `Drop extension '${op.extensionName}'`,
      sql: (op) => sql`drop extension ${id(op.extensionName)}`,
      risks: (op) => [
        {
          level: 'data-loss',
          code: 'DROPS_EXTENSION',
          reason: `The functions and types of extension '${op.extensionName}' are dropped with it.`,
        },
      ],
      inverse: (op) => [createOf(op.was)],
    },
  },
}
