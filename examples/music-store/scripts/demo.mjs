// The main job, shown on PGlite in a temporary copy of this example: create, fill, change the model, plan, confirm, migrate, check.
// Run it from the repository's root with `npm run demo`; it needs no server and leaves nothing behind.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { edits } from './demo-edits.mjs'

const example = fileURLToPath(new URL('..', import.meta.url))
const repository = fileURLToPath(new URL('../../..', import.meta.url))
const program = join(repository, 'dist', 'cli', 'main.js')
const exit = { done: 0, refused: 3 }
const ci = !['', '0', 'false'].includes((process.env.CI ?? '').toLowerCase())
const inTerminal = Boolean(process.stdin.isTTY && process.stderr.isTTY) && !ci

const say = (text) => process.stdout.write(`${text}\n`)
const title = (text) => say(`\n── ${text} ${'─'.repeat(Math.max(3, 96 - text.length))}`)

class Unexpected extends Error {}

/** The demo's database is its own, whatever the caller's environment points to. */
const { DATABASE_URL: _url, LOCKSTEP_ENV: _env, NODE_ENV: _node, ...environment } = process.env

function run(folder, shown, args, ...expected) {
  say(`$ ${shown}`)
  const { status, signal, error } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: environment,
    stdio: 'inherit',
  })
  if (error) throw error
  if (signal) throw new Unexpected(`\`${shown}\` was ended by ${signal}.`)
  if (!expected.includes(status))
    throw new Unexpected(`\`${shown}\` ended with exit code ${status}, expected was ${expected.join(' or ')}.`)
  return status
}

const lockstep = (folder, command, ...expected) =>
  run(folder, `lockstep ${command}`, [program, ...command.split(' ')], ...expected)

/** The example as `npm install` would leave it: the package and what the scripts need, linked. */
function copyExample(folder) {
  const left = new Set(['node_modules', '.lockstep', '.env', '.github'])
  cpSync(example, folder, { recursive: true, filter: (path) => path === example || !left.has(basename(path)) })
  const link = (name, target) => {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(target, join(folder, 'node_modules', name), 'junction')
  }
  link('lockstep-pg', repository)
  link('tsx', join(repository, 'node_modules', 'tsx'))
}

function changeModel(folder) {
  for (const { file, why, from, to } of edits) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    if (!text.includes(from)) throw new Unexpected(`${file} does not hold what the demo edits: ${from.trim()}`)
    writeFileSync(path, text.replace(from, to))
    say(`${file}: ${why}`)
    for (const line of from.split('\n').filter(Boolean)) say(`  - ${line.trim()}`)
    for (const line of to.split('\n').filter(Boolean)) say(`  + ${line.trim()}`)
  }
}

async function select(folder, text) {
  const { openClient } = await import(pathToFileURL(join(repository, 'dist', 'index.js')).href)
  const client = openClient(`pglite:${join(folder, '.lockstep')}`)
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** True: migrated. False: the person said no. */
function migrate(folder) {
  if (inTerminal) {
    title('5. Migrate: the question comes from `lockstep migrate` itself')
    return lockstep(folder, 'migrate', exit.done, exit.refused) === exit.done
  }
  title('5. Migrate without a terminal: nothing is asked, what loses data is refused (exit code 3)')
  lockstep(folder, 'migrate', exit.refused)
  title('6. Migrate with the answer as a flag')
  lockstep(folder, 'migrate --yes --allow data-loss', exit.done)
  return true
}

async function demo(folder) {
  say(`A music store on PGlite, a PostgreSQL inside the process, in ${folder}`)
  say(`\`lockstep\` below is node ${program}`)
  copyExample(folder)

  title('1. Create the schema: twelve tables, and what the hook adds')
  lockstep(folder, 'create', exit.done)

  title('2. Fill in some rows')
  run(folder, 'node --import tsx scripts/seed.ts', ['--import', 'tsx', 'scripts/seed.ts'], exit.done)

  title('3. Change the model')
  changeModel(folder)

  title('4. What would be done: the plan changes nothing')
  lockstep(folder, 'plan', exit.done)

  if (!migrate(folder)) {
    const [now] = await select(folder, 'select count(fax) as fax, count(company) as companies from customers')
    say(
      `\nThe answer was no, and nothing was changed: ${now.fax} fax numbers and ${now.companies} company are where they were.`,
    )
    return
  }

  title('Is the database in step with the model? Exit code 0 says yes')
  lockstep(folder, 'check', exit.done)

  const [now] = await select(
    folder,
    'select max(company_name) as company, count(*) filter (where not newsletter) as without from customers',
  )
  title('What happened')
  say(`customers.company is company_name now, and kept its value: '${now.company}'.
customers.newsletter came, and is false for the ${now.without} customers there are.
customers.fax went with its 2 numbers, because you allowed it.
customers.phone is wider, and invoice_status knows 'refunded'.
All of it in one go, read back and compared with the model before the commit.`)
}

const folder = mkdtempSync(join(tmpdir(), 'lockstep-demo-'))
// Ctrl-C reaches the program too; it answers, and the demo cleans up.
process.on('SIGINT', () => undefined)
try {
  await demo(folder)
} catch (error) {
  process.exitCode = 1
  process.stderr.write(
    `\nThe demo did not go as expected. ${error instanceof Unexpected ? error.message : error.stack}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
