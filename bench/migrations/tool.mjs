// One tool in a process of its own: node tool.mjs <tool> <up|status> <url> <folder> <peers>. Prints the milliseconds of the call as JSON, imports not counted.
import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [tool, action, url, folder, peers] = process.argv.slice(2)
const require = createRequire(`${peers}/package.json`)
const peer = (name) => require(name)
const esm = (path) => import(pathToFileURL(join(peers, 'node_modules', path)).href)

async function lockstep() {
  const { MigrationManager } = await import('lockstep-pg/migrations')
  const manager = new MigrationManager({ connection: url, directory: folder })
  return {
    up: async () => {
      await manager.initialize()
      return (await manager.migrate()).executed.length
    },
    status: async () => {
      await manager.initialize()
      return (await manager.getStatus()).applied.length
    },
    end: () => manager.shutdown(),
  }
}

async function knex() {
  const client = peer('knex')({ client: 'pg', connection: url })
  const config = { directory: folder, loadExtensions: ['.mjs'] }
  return {
    up: async () => (await client.migrate.latest(config))[1].length,
    status: async () => (await client.migrate.list(config))[0].length,
    end: () => client.destroy(),
  }
}

async function nodePgMigrate() {
  const { runner } = await esm('node-pg-migrate/dist/bundle/index.js')
  const options = { databaseUrl: url, dir: folder, migrationsTable: 'pgmigrations', direction: 'up', log: () => {} }
  return {
    up: async () => (await runner(options)).length,
    // It has no status; what would run is what comes next to it.
    status: async () => (await runner({ ...options, dryRun: true })).length,
    end: async () => {},
  }
}

async function umzug() {
  const { Umzug } = peer('umzug')
  const pool = new (peer('pg').Pool)({ connectionString: url })
  await pool.query('create table if not exists umzug_journal (name text primary key)')
  const names = (await readdir(folder)).sort()
  const made = new Umzug({
    migrations: names.map((name) => {
      const load = () => import(pathToFileURL(join(folder, name)).href)
      return {
        name,
        up: async (parameters) => (await load()).up(parameters),
        down: async (parameters) => (await load()).down(parameters),
      }
    }),
    context: pool,
    // As its documentation shows a storage of one's own.
    storage: {
      logMigration: ({ name, context }) => context.query('insert into umzug_journal values ($1)', [name]),
      unlogMigration: ({ name, context }) => context.query('delete from umzug_journal where name = $1', [name]),
      executed: async ({ context }) =>
        (await context.query('select name from umzug_journal order by name')).rows.map((row) => row.name),
    },
    logger: undefined,
  })
  return {
    up: async () => (await made.up()).length,
    status: async () => (await made.executed()).length + (await made.pending()).length,
    end: () => pool.end(),
  }
}

async function kysely() {
  const { Kysely, PostgresDialect, Migrator, FileMigrationProvider } = await esm('kysely/dist/esm/index.js')
  const db = new Kysely({ dialect: new PostgresDialect({ pool: new (peer('pg').Pool)({ connectionString: url }) }) })
  const provider = new FileMigrationProvider({
    fs: { readdir },
    path: { join: (...parts) => pathToFileURL(join(...parts)).href },
    migrationFolder: folder,
  })
  const made = new Migrator({ db, provider })
  return {
    up: async () => {
      const { error, results } = await made.migrateToLatest()
      if (error) throw error
      return results.length
    },
    status: async () => (await made.getMigrations()).length,
    end: () => db.destroy(),
  }
}

const makers = { lockstep, knex, 'node-pg-migrate': nodePgMigrate, umzug, kysely }
const made = await makers[tool.split(',')[0]]()
const started = performance.now()
const amount = await made[action]()
const milliseconds = performance.now() - started
await made.end()
process.stdout.write(JSON.stringify({ milliseconds, amount }))
