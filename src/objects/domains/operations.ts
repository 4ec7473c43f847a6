// The operations on domains: what they say, their SQL, their risks, their inverses.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec, Risk } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { expression } from '../../sql/expression.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { displayType, parseType } from '../../sql/types.js'
import { countOverColumns } from '../type-references.js'
import { alterSql, checkChanges, createSql, type DomainConfig } from './domain.js'

interface OfDomain extends OperationBase {
  readonly schemaName: string
  readonly domainName: string
}
export interface CreateDomain extends OfDomain {
  readonly type: 'create_domain'
  readonly config: DomainConfig
}
export interface AlterDomain extends OfDomain {
  readonly type: 'alter_domain'
  readonly from: DomainConfig
  readonly to: DomainConfig
}
export interface RenameDomain extends OfDomain {
  readonly type: 'rename_domain'
  readonly newName: string
  /** It goes soon: what its default and checks call is let go of. */
  readonly letsGo?: { readonly default: boolean; readonly checks: readonly string[] }
}
export interface DropDomain extends OfDomain {
  readonly type: 'drop_domain'
  readonly was: DomainConfig
}
export type DomainOperation = CreateDomain | AlterDomain | RenameDomain | DropDomain

const nameOf = (op: OfDomain) => qualified(op.schemaName, op.domainName)
const shown = (op: OfDomain) => display({ schemaName: op.schemaName, name: op.domainName })

function changes({ from, to }: AlterDomain): string {
  const { renamed, dropped, added, validated, commented } = checkChanges(from, to)
  return [
    ...(from.default === to.default ? [] : [to.default === undefined ? 'no default' : `default ${to.default}`]),
    ...(from.notNull === to.notNull ? [] : [to.notNull ? 'not null' : 'nullable']),
    ...renamed.map(([old, now]) => `check '${old}' renamed to '${now}'`),
    ...dropped
      .filter((check) => !added.some(({ name }) => name === check.name))
      .map((check) => `without check '${check.name}'`),
    ...added.map((check) => `check '${check.name}' (${check.expression})${check.notValid ? ' not valid' : ''}`),
    ...validated.map((check) => `check '${check.name}' validated`),
    ...(commented.length > 0 && sameData({ ...from, checks: [] }, { ...to, checks: [] }) && added.length === 0
      ? commented.map((check) => `comment of check '${check.name}'`)
      : []),
  ].join(', ')
}

function alterRisks(op: AlterDomain): readonly Risk[] {
  const { added, validated } = checkChanges(op.from, op.to)
  const proven = [...added.filter((check) => !check.notValid), ...validated]
  return [
    ...(op.to.notNull && !op.from.notNull
      ? [
          {
            level: 'may-fail',
            code: 'SETS_NOT_NULL',
            reason: `Columns of the domain '${shown(op)}' that hold NULLs stop the migration.`,
            measure: countOverColumns(op.schemaName, op.domainName, sql`value is null`),
          } satisfies Risk,
        ]
      : []),
    ...proven.map(
      (check): Risk => ({
        level: 'may-fail',
        code: 'ADDS_CHECK',
        reason: `Values of the domain '${shown(op)}' that break check '${check.name}' stop the migration.`,
        measure: countOverColumns(op.schemaName, op.domainName, sql`not (${expression(check.expression)})`),
      }),
    ),
  ]
}

export const domainOperations: {
  readonly [T in DomainOperation['type']]: OperationSpec<Extract<DomainOperation, { type: T }>>
} = {
  create_domain: {
    describe: (op) => `Create domain '${shown(op)}' (${displayType(parseType(op.config.type))})`,
    sql: (op) => createSql(op.schemaName, op.domainName, op.config),
    inverse: ({ config, ...op }) => [{ ...op, type: 'drop_domain', was: config } as OperationBase],
  },
  alter_domain: {
    describe: (op) => `Alter domain '${shown(op)}' (${changes(op)})`,
    sql: (op) => alterSql(op.schemaName, op.domainName, op.from, op.to),
    risks: alterRisks,
    inverse: (op) => [{ ...op, from: op.to, to: op.from } as OperationBase],
  },
  rename_domain: {
    describe: (op) => `Rename domain '${shown(op)}' to '${op.newName}'`,
    sql: (op) => [
      ...(op.letsGo?.default ? [sql`alter domain ${nameOf(op)} drop default`] : []),
      ...(op.letsGo?.checks ?? []).map((check) => sql`alter domain ${nameOf(op)} drop constraint ${id(check)}`),
      sql`alter domain ${nameOf(op)} rename to ${id(op.newName)}`,
    ],
    inverse: (op) => [{ ...op, domainName: op.newName, newName: op.domainName } as OperationBase],
  },
  drop_domain: {
    describe: (op) => `Drop domain '${shown(op)}'`,
    sql: (op) => sql`drop domain ${nameOf(op)}`,
    inverse: ({ was, ...op }) => [{ ...op, type: 'create_domain', config: was } as OperationBase],
  },
}
