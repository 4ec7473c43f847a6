// PostgreSQL servers that a test may stop, kill and restart, each with a standby if wanted. Bound to no test runner.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdtempSync, openSync } from 'node:fs'
import { appendFile, chown, mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PgClient } from '../../src/client/pg-client.js'
import { baseBackup, writeOwned } from './base-backup.js'
import { type Account, binaries } from './binaries.js'
import { type Keeper, startKeeper } from './keeper.js'

export interface ServerOptions {
  /** Lines of postgresql.conf, for example `{ max_connections: '5' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where the server's files are, or shall be; they stay. Default: a temporary directory, removed by `stop()`. */
  readonly dataDir?: string
}

export interface Server {
  /** A superuser, with its password. */
  readonly url: string
  readonly port: number
  readonly dataDir: string
  /** Ends the server and its standbys for good and removes their files. May be called twice. */
  stop(): Promise<void>
  /** A crash: the server is gone at once, sessions are cut, nothing is written; `restart()` recovers. */
  kill(): Promise<void>
  /** Starts again on the same port, after a clean shutdown if it still runs. */
  restart(): Promise<void>
  /** A hot standby that follows this server; answers read-only queries. */
  standby(): Promise<Server>
}

const defaults = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '100',
  shared_buffers: '32MB',
  wal_level: 'logical',
  max_wal_size: '256MB',
  wal_keep_size: '128MB',
  jit: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_line_prefix: '%m [%p] %d ',
}

/**
 * Starts a server of its own, in about two seconds; it ends with this process even if nobody stops it.
 * @example
 * const server = await startServer({ settings: { max_connections: '5' } })
 * try { … new PgClient(server.url) … } finally { await server.stop() }
 */
export async function startServer({ settings = {}, dataDir }: ServerOptions = {}): Promise<Server> {
  const { account } = binaries()
  const { home, data, keeper } = temporaryHome(dataDir)
  const password = dataDir === undefined ? randomBytes(12).toString('hex') : 'postgres'
  try {
    if (!existsSync(join(data, 'PG_VERSION'))) await initialize(home, data, password, account)
    return await EmbeddedServer.start({ home, data, password, settings: { ...defaults, ...settings }, keeper })
  } catch (error) {
    await keeper.finish()
    throw error
  }
}

interface Place {
  readonly home: string
  readonly data: string
  readonly password: string
  readonly settings: Readonly<Record<string, string>>
  readonly keeper: Keeper
}

class EmbeddedServer implements Server {
  #process: ChildProcess | undefined
  #ending = Promise.resolve()
  #finished: Promise<void> | undefined
  readonly #standbys: Server[] = []

  private constructor(
    private readonly place: Place,
    readonly port: number,
  ) {}

  static async start(place: Place): Promise<EmbeddedServer> {
    for (let attempt = 1; ; attempt++) {
      const server = new EmbeddedServer(place, await freePort())
      await appendFile(
        join(place.data, 'postgresql.conf'),
        configuration({ ...place.settings, port: String(server.port) }),
      )
      try {
        await server.#run()
        return server
      } catch (error) {
        if (attempt === 5 || !/could not bind|could not create any TCP/.test(String(error))) throw error
      }
    }
  }

  get url(): string {
    return `postgres://postgres:${this.place.password}@127.0.0.1:${this.port}/postgres`
  }

  get dataDir(): string {
    return this.place.data
  }

  stop(): Promise<void> {
    this.#finished ??= this.#finish()
    return this.#finished
  }

  async kill(): Promise<void> {
    await this.#end('SIGQUIT')
  }

  async restart(): Promise<void> {
    if (this.#finished) throw new Error('The server was stopped; its files are gone.')
    await this.#end('SIGINT')
    await this.#run()
  }

  async standby(): Promise<Server> {
    const { account } = binaries()
    const { home, data, keeper } = temporaryHome()
    const client = new PgClient(this.url)
    try {
      await baseBackup(client, this.dataDir, data, account)
      await writeOwned(join(data, 'standby.signal'), '', account)
      const primary = `host=127.0.0.1 port=${this.port} user=postgres password=${this.place.password}`
      const settings = { ...this.place.settings, hot_standby: 'on', primary_conninfo: primary }
      const standby = await EmbeddedServer.start({ ...this.place, home, data, keeper, settings })
      this.#standbys.push(standby)
      return standby
    } catch (error) {
      await keeper.finish()
      throw error
    } finally {
      await client.end()
    }
  }

  async #finish(): Promise<void> {
    await Promise.all(this.#standbys.map((standby) => standby.stop()))
    await this.#end('SIGINT')
    await this.place.keeper.finish()
  }

  async #run(): Promise<void> {
    const { bin, account } = binaries()
    const log = join(this.place.home, 'log')
    const output = openSync(log, 'w')
    const child = spawn(join(bin, 'postgres'), ['-D', this.place.data], {
      ...account,
      cwd: '/',
      detached: true,
      env: serverEnvironment(),
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    let failure: unknown
    child.once('error', (error) => {
      failure = error
    })
    child.unref()
    this.#process = child
    this.place.keeper.watch(child.pid)
    const deadline = Date.now() + 60_000
    while (!(await this.#answers())) {
      const ended = failure !== undefined || child.exitCode !== null || child.signalCode !== null
      if (!ended && Date.now() < deadline) {
        await sleep(50)
        continue
      }
      await this.#end('SIGQUIT')
      const words = ended ? 'PostgreSQL ended while it started' : 'PostgreSQL did not answer within a minute'
      throw new Error(`${words}: ${failure ?? (await readFile(log, 'utf8')).slice(-2000)}`)
    }
  }

  /** The pid file's last line says when the server takes connections; asking it then makes sure. */
  async #answers(): Promise<boolean> {
    const lines = await readFile(join(this.place.data, 'postmaster.pid'), 'utf8').catch(() => '')
    if (!lines.startsWith(`${this.#process?.pid}\n`) || !/^ready\s*$/m.test(lines)) return false
    const client = new PgClient(this.url)
    try {
      await client.query('select 1')
      return true
    } catch {
      return false
    } finally {
      await client.end()
    }
  }

  /** Who asks again while it ends waits for the same end. */
  #end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child !== undefined) this.#ending = this.#ended(child, signal)
    return this.#ending
  }

  async #ended(child: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    await new Promise<void>((resolve) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve()
      child.ref()
      child.once('exit', () => resolve())
      child.kill(signal)
    })
    this.place.keeper.watch(undefined)
  }
}

/** In one go, without awaiting: nothing is left behind where the process ends in between. */
function temporaryHome(dataDir?: string): { home: string; data: string; keeper: Keeper } {
  const { home: place, account } = binaries()
  const home = mkdtempSync(join(place, 'lockstep-server-'))
  if (account.uid !== undefined && account.gid !== undefined) chownSync(home, account.uid, account.gid)
  const data = dataDir ?? join(home, 'data')
  return { home, data, keeper: startKeeper(data, home, account) }
}

async function initialize(home: string, data: string, password: string, account: Account): Promise<void> {
  const made = await mkdir(data, { recursive: true })
  if (made !== undefined && account.uid !== undefined && account.gid !== undefined)
    await chown(data, account.uid, account.gid)
  const secret = join(home, 'password')
  await writeOwned(secret, `${password}\n`, account)
  const options = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${secret}`]
  const child = spawn(
    join(binaries().bin, 'initdb'),
    ['-D', data, ...options, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...account, cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed (${code}): ${errors}`))))
  })
}

const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', LANG: 'C', TZ: 'UTC' })

const configuration = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `\n${name} = '${value.replaceAll("'", "''")}'`)
    .join('')
    .concat('\n')

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
