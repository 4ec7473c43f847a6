// Decides once per run where PostgreSQL comes from: TEST_DATABASE_URL, a container, the embedded server, else a loud failure.
import type { TestProject } from 'vitest/node'
import { PgClient } from '../../src/client/pg-client.js'
import { engineAnswers, startContainer } from './container.js'
import { startServer } from './server.js'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
  }
}

interface Source {
  readonly url: string
  readonly what: string
  stop(): Promise<void>
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const source = await decide()
  try {
    const version = await versionOf(source.url)
    process.env.LOCKSTEP_TEST_SERVER = `${version}, ${source.what}`
  } catch (error) {
    await source.stop()
    throw error
  }
  process.stdout.write(`PostgreSQL for the tests: ${process.env.LOCKSTEP_TEST_SERVER}\n`)
  project.provide('serverUrl', source.url)
  return () => source.stop()
}

async function decide(): Promise<Source> {
  const url = process.env.TEST_DATABASE_URL
  if (url) return { url, what: 'the server of TEST_DATABASE_URL', stop: async () => undefined }
  let left = 'no TEST_DATABASE_URL, no container engine answers'
  if (await engineAnswers()) {
    try {
      return { ...(await startContainer()), what: 'in a container' }
    } catch (error) {
      left = `no TEST_DATABASE_URL, the container did not start: ${(error as Error).message.split('\n')[0]}`
    }
  }
  const server = await startServer().catch((cause: Error) => {
    throw new Error(`No PostgreSQL for the tests (${left}; the embedded server: ${cause.message})`, { cause })
  })
  return { url: server.url, what: `embedded server (${left})`, stop: () => server.stop() }
}

async function versionOf(url: string): Promise<string> {
  const client = new PgClient(url)
  try {
    const [result] = await client.script('show server_version')
    return result?.rows[0]?.[0] ?? 'unknown'
  } finally {
    await client.end()
  }
}
