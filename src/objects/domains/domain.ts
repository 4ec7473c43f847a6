// A domain as data, and the parts of it in SQL.

import type { Expression } from '../../engine/kind.js'
import { expression } from '../../sql/expression.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { formatType, type TypeName } from '../../sql/types.js'
import { typeSql } from '../../sql/values.js'
import { type CollationName, collate } from '../type-references.js'

export interface DomainCheck extends Expression {
  readonly name: string
  /** It holds for new values only; those that are there were never looked at. */
  readonly notValid: boolean
  readonly comment: string | null
}

export interface Domain {
  readonly schemaName: string
  readonly name: string
  readonly type: TypeName
  readonly collation: CollationName | null
  readonly default: Expression | null
  readonly notNull: boolean
  /** In the order of their names. */
  readonly checks: readonly DomainCheck[]
  readonly renamedFrom?: string
}

/** A domain as operations carry it. */
export interface DomainConfig {
  readonly type: string
  readonly collation?: CollationName
  readonly default?: string
  readonly notNull: boolean
  readonly checks: readonly DomainCheck[]
}

export const domainConfigOf = (domain: Domain): DomainConfig => ({
  type: formatType(domain.type),
  ...(domain.collation ? { collation: domain.collation } : {}),
  ...(domain.default ? { default: domain.default.expression } : {}),
  notNull: domain.notNull,
  checks: domain.checks,
})

const constraint = (check: DomainCheck): Sql =>
  sql`constraint ${id(check.name)} check (${expression(check.expression)})`
const commentOn = (domain: Sql, { name, comment }: DomainCheck): Sql =>
  sql`comment on constraint ${id(name)} on domain ${domain} is ${comment === null ? sql`null` : literal(comment)}`

export function createSql(schemaName: string, name: string, config: DomainConfig): readonly Sql[] {
  const domain = qualified(schemaName, name)
  const parts = [
    sql`create domain ${domain} as ${typeSql(config.type)}${collate(config.collation)}`,
    ...(config.default === undefined ? [] : [sql`default ${expression(config.default)}`]),
    ...(config.notNull ? [sql`not null`] : []),
    ...config.checks.filter((check) => !check.notValid).map(constraint),
  ]
  return [
    join(parts, ' '),
    ...config.checks
      .filter((check) => check.notValid)
      .map((check) => sql`alter domain ${domain} add ${constraint(check)} not valid`),
    ...config.checks.filter((check) => check.comment !== null).map((check) => commentOn(domain, check)),
  ]
}

export interface CheckChanges {
  /** from → to: the same check under another name */
  readonly renamed: readonly (readonly [string, string])[]
  readonly dropped: readonly DomainCheck[]
  readonly added: readonly DomainCheck[]
  readonly validated: readonly DomainCheck[]
  readonly commented: readonly DomainCheck[]
}

/** A check that says the same under a name that is free now is renamed; nothing is looked at again for that. */
export function checkChanges(from: DomainConfig, to: DomainConfig): CheckChanges {
  const has = (config: DomainConfig, name: string) => config.checks.some((check) => check.name === name)
  const taken = new Set<string>()
  const renamed = from.checks.flatMap((check): (readonly [string, string])[] => {
    if (has(to, check.name)) return []
    const target = to.checks.find(
      (other) =>
        !has(from, other.name) &&
        !taken.has(other.name) &&
        other.expression === check.expression &&
        (other.notValid || !check.notValid),
    )
    if (target) taken.add(target.name)
    return target ? [[check.name, target.name]] : []
  })
  const names = new Map(renamed)
  const kept = from.checks.map((check) => ({ ...check, name: names.get(check.name) ?? check.name }))
  const before = (check: DomainCheck) => kept.find((other) => other.name === check.name)
  const stays = (old: DomainCheck, now: DomainCheck | undefined): boolean =>
    now !== undefined && old.expression === now.expression && (old.notValid || !now.notValid)
  const dropped = kept.filter(
    (old) =>
      !stays(
        old,
        to.checks.find((now) => now.name === old.name),
      ),
  )
  const fresh = (now: DomainCheck) => dropped.some((old) => old.name === now.name) || before(now) === undefined
  return {
    renamed,
    dropped,
    added: to.checks.filter(fresh),
    validated: to.checks.filter((now) => !fresh(now) && !now.notValid && before(now)?.notValid === true),
    commented: to.checks.filter((now) => now.comment !== (fresh(now) ? null : (before(now)?.comment ?? null))),
  }
}

export function alterSql(schemaName: string, name: string, from: DomainConfig, to: DomainConfig): readonly Sql[] {
  const domain = qualified(schemaName, name)
  const alter = sql`alter domain ${domain}`
  const { renamed, dropped, added, validated, commented } = checkChanges(from, to)
  return [
    ...renamed.map(([old, now]) => sql`${alter} rename constraint ${id(old)} to ${id(now)}`),
    ...dropped.map((check) => sql`${alter} drop constraint ${id(check.name)}`),
    ...(from.default === to.default
      ? []
      : [to.default === undefined ? sql`${alter} drop default` : sql`${alter} set default ${expression(to.default)}`]),
    ...(from.notNull === to.notNull ? [] : [sql`${alter} ${raw(to.notNull ? 'set' : 'drop')} not null`]),
    ...added.map((check) => sql`${alter} add ${constraint(check)}${check.notValid ? sql` not valid` : sql``}`),
    ...validated.map((check) => sql`${alter} validate constraint ${id(check.name)}`),
    ...commented.map((check) => commentOn(domain, check)),
  ]
}
