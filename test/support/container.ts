// A server in a container, where a container engine really answers; a `docker` on the PATH proves nothing.
import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface StartedContainer {
  readonly url: string
  stop(): Promise<void>
}

const image = 'postgres:17-alpine'

/** True where an engine answers within half a second. */
export async function engineAnswers(): Promise<boolean> {
  const target = engine()
  if (target === undefined) return false
  return new Promise<boolean>((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: 500 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    const limit = setTimeout(() => asked.destroy(new Error('timeout')), 500)
    asked.once('error', () => resolve(false))
    asked.once('timeout', () => asked.destroy(new Error('timeout')))
    asked.once('close', () => clearTimeout(limit))
    asked.end()
  })
}

function engine(): { socketPath: string } | { host: string; port: number } | undefined {
  const configured = process.env.DOCKER_HOST
  if (configured?.startsWith('unix://')) return { socketPath: configured.slice('unix://'.length) }
  if (configured?.startsWith('tcp://')) {
    const { hostname, port } = new URL(configured)
    return { host: hostname, port: Number(port || 2375) }
  }
  const run = process.env.XDG_RUNTIME_DIR
  const sockets = [
    '/var/run/docker.sock',
    ...(run ? [join(run, 'docker.sock')] : []),
    join(homedir(), '.docker/run/docker.sock'),
  ]
  const socketPath = sockets.find((path) => existsSync(path))
  return socketPath === undefined ? undefined : { socketPath }
}

/** Gives up after a minute and a half, so that an image which cannot be pulled does not hold up the tests. */
export async function startContainer(): Promise<StartedContainer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql')
  const starting = new PostgreSqlContainer(image)
    .withEnvironment({ POSTGRES_INITDB_ARGS: '--locale=C --encoding=UTF8' })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'wal_level=logical', '-c', 'jit=off'])
    .start()
  let limit: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`${image} did not start within 90 seconds`)), 90_000)
  })
  try {
    const container = await Promise.race([starting, tooLong])
    return { url: container.getConnectionUri(), stop: async () => void (await container.stop()) }
  } catch (error) {
    starting.then((late) => late.stop()).catch(() => undefined)
    throw error
  } finally {
    clearTimeout(limit)
  }
}
