// Names: properties to snake_case, and the default names that PostgreSQL itself gives, byte for byte, so that an adopted database shows no difference.

/**
 * Chooses the names that a model does not spell out. `suffix` is empty, or the digits that make a taken name another one; it goes to the very end.
 * @example const naming = { ...defaultNaming, foreignKey: (table, columns, suffix) => `fk_${table}_${columns.join('_')}${suffix}` }
 */
export interface NamingStrategy {
  table(entityName: string): string
  column(propertyName: string): string
  primaryKey(table: string, suffix: string): string
  unique(table: string, columns: readonly string[], suffix: string): string
  /** `column` where the check speaks of exactly one. */
  check(table: string, column: string | undefined, suffix: string): string
  foreignKey(table: string, columns: readonly string[], suffix: string): string
  /** An expression has the name of its function, column or type, as PostgreSQL finds it; undefined where it has none. */
  index(table: string, columns: readonly (string | undefined)[], suffix: string): string
  /** Default: as PostgreSQL names exclusion constraints, `bookings_room_during_excl`. */
  exclusion?(table: string, columns: readonly (string | undefined)[], suffix: string): string
}

/** NAMEDATALEN - 1: names longer than this, in UTF-8 bytes, are cut by PostgreSQL. */
export const maxNameBytes = 63

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')

/** Cuts to at most `limit` bytes without cutting a character (pg_mbcliplen). */
export function clip(text: string, limit: number): string {
  if (bytes(text) <= limit) return text
  let used = 0
  let out = ''
  for (const character of text) {
    used += bytes(character)
    if (used > limit) break
    out += character
  }
  return out
}

/** PostgreSQL's makeObjectName: the longer of both names is shortened until all fits. */
export function makeObjectName(name1: string, name2: string | undefined, label: string | undefined): string {
  const overhead = (name2 === undefined ? 0 : 1) + (label === undefined ? 0 : bytes(label) + 1)
  const available = maxNameBytes - overhead
  let first = bytes(name1)
  let second = name2 === undefined ? 0 : bytes(name2)
  while (first + second > available) {
    if (first > second) first--
    else second--
  }
  return [
    clip(name1, first),
    ...(name2 === undefined ? [] : [clip(name2, second)]),
    ...(label === undefined ? [] : [label]),
  ].join('_')
}

/** ChooseIndexNameAddition: column names joined, cut off past the limit. */
function joined(columns: readonly string[]): string {
  let out = ''
  for (const column of columns) {
    if (out !== '') out += '_'
    out += column
    if (bytes(out) >= maxNameBytes + 1) break
  }
  return clip(out, maxNameBytes)
}

/** `users_pkey` */
export const primaryKeyName = (table: string, suffix = ''): string => makeObjectName(table, undefined, `pkey${suffix}`)
/** `users_email_key` */
export const uniqueConstraintName = (table: string, columns: readonly string[], suffix = ''): string =>
  makeObjectName(table, joined(columns), `key${suffix}`)
/** `users_age_check` where one column is spoken of, else `users_check` */
export const checkConstraintName = (table: string, column: string | undefined, suffix = ''): string =>
  makeObjectName(table, column, `check${suffix}`)
/** `posts_user_id_fkey` */
export const foreignKeyName = (table: string, columns: readonly string[], suffix = ''): string =>
  makeObjectName(table, joined(columns), `fkey${suffix}`)
/** `users_email_idx`, `users_expr_idx` */
export const indexName = (table: string, columns: readonly (string | undefined)[], suffix = ''): string =>
  makeObjectName(table, joinedKeys(columns), `idx${suffix}`)
/** `bookings_room_during_excl` */
export const exclusionName = (table: string, columns: readonly (string | undefined)[], suffix = ''): string =>
  makeObjectName(table, joinedKeys(columns), `excl${suffix}`)

/** ChooseIndexColumnNames: an expression without a name is `expr`, a name that occurs again is numbered. */
function joinedKeys(columns: readonly (string | undefined)[]): string {
  const names: string[] = []
  for (const column of columns) {
    const name = column ?? 'expr'
    names.push(
      untaken(
        (number) => `${clip(name, maxNameBytes - bytes(number))}${number}`,
        (one) => names.includes(one),
      ),
    )
  }
  return joined(names)
}
/** `users_id_seq` */
export const ownedSequenceName = (table: string, column: string, suffix = ''): string =>
  makeObjectName(table, column, `seq${suffix}`)

/** `createdAt` → `created_at`, `HTTPServer2` → `http_server2` */
export function snakeCase(name: string): string {
  if (/^[a-z]*$/.test(name)) return name
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
}

/** snake_case for columns and tables, PostgreSQL's own names for everything else. */
export const defaultNaming: NamingStrategy = {
  table: snakeCase,
  column: snakeCase,
  primaryKey: primaryKeyName,
  unique: uniqueConstraintName,
  check: checkConstraintName,
  foreignKey: foreignKeyName,
  index: indexName,
  exclusion: exclusionName,
}

/** The first that is not taken, as PostgreSQL numbers names that collide: `name`, `name1`, `name2`, … */
export function untaken(make: (suffix: string) => string, isTaken: (name: string) => boolean): string {
  for (let number = 0; ; number++) {
    const suffix = number === 0 ? '' : String(number)
    const made = make(suffix)
    // A strategy that ignores the suffix still gets it.
    const name = number > 0 && made === make('') ? `${clip(made, maxNameBytes - bytes(suffix))}${suffix}` : made
    if (!isTaken(name)) return name
  }
}
