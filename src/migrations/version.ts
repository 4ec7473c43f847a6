// What a file's name says: its version (the longest leading run of digit groups), its name, its form; and how versions are ordered.

/** A file name taken apart; `key` is equal for equal versions, however they are written. */
export interface NamedVersion {
  /** As it is written: `20231201_001`. */
  readonly version: string
  /** Group by group as numbers: `20231201.1`. */
  readonly key: string
  /** What follows the version: `create_users`. */
  readonly slug: string
  /** The file's name without extension: `20231201_001_create_users`. */
  readonly stem: string
  /** `ts`, `js` or `sql`: what a checksum can be compared with. */
  readonly form: 'ts' | 'js' | 'sql'
  /** Only in names such as `001_users.up.sql`. */
  readonly part?: 'up' | 'down'
}

const forms: Readonly<Record<string, NamedVersion['form']>> = {
  ts: 'ts',
  mts: 'ts',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  sql: 'sql',
}
const leading = /^\d+(?:[_-]\d+)*(?=[_-]|$)/

/** The key of a version as text, or undefined where it is none. `0` is a key too: before the first. */
export function versionKey(version: string): string | undefined {
  if (!/^\d+(?:[_-]\d+)*$/.test(version)) return undefined
  return version
    .split(/[_-]/)
    .map((group) => group.replace(/^0+(?=\d)/, ''))
    .join('.')
}

/**
 * Takes a file's name apart.
 * @example parseName('20231201_001_create_users.ts')   // { version: '20231201_001', slug: 'create_users', … }
 */
export function parseName(fileName: string): NamedVersion | { readonly problem: string } {
  const extension = /\.([a-z]+)$/i.exec(fileName)?.[1] ?? ''
  const form = forms[extension.toLowerCase()]
  if (!form) return { problem: `its extension '.${extension}' is none of ${Object.keys(forms).join(', ')}` }
  let stem = fileName.slice(0, -extension.length - 1)
  const part = form === 'sql' ? (/\.(up|down)$/.exec(stem)?.[1] as 'up' | 'down' | undefined) : undefined
  if (part) stem = stem.slice(0, -part.length - 1)
  stem = stem.replace(/\.migration$/, '')
  const version = leading.exec(stem)?.[0]
  if (version === undefined) return { problem: 'its name does not begin with a version, such as 001_ or 20250122_001_' }
  const slug = stem.slice(version.length + 1)
  return {
    version,
    key: versionKey(version) as string,
    slug: slug === '' ? version : slug,
    stem,
    form,
    ...(part ? { part } : {}),
  }
}

/** Orders keys group by group as numbers; fewer groups first. */
export function compareKeys(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at], right[at]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const difference = BigInt(one) - BigInt(other)
    if (difference !== 0n) return difference < 0n ? -1 : 1
  }
  return 0
}

/** A version for a new file: the UTC second, later than every one that is there. */
export function nextVersion(now: Date, taken: readonly string[]): string {
  const stamp = now.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const last = taken.reduce((most, key) => (compareKeys(key, most) > 0 ? key : most), '0')
  if (compareKeys(stamp, last) > 0) return stamp
  const groups = last.split('.')
  return [...groups.slice(0, -1), String(BigInt(groups.at(-1) ?? '0') + 1n)].join('_')
}

/** A name as a part of a file's name: `Add users table!` → `add_users_table`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 100)
