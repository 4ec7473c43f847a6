// The tools that are measured beside ours: fetched from npm into a cache of the user's on demand, at fixed versions; no dependencies of this package.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** kysely 0.29 wants Node 22. */
export const peers = ['knex@3.3.0', 'node-pg-migrate@9.0.0', 'umzug@3.8.3', 'kysely@0.28.18', 'pg@8.16.3'] as const

/** The folder with their `node_modules`; fetched beside its place and put there by a rename, so that a fetch cut off leaves nothing. */
export function peersFolder(): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'lockstep-peers')
  const place = join(cache, peers.map((one) => one.replace('@', '-')).join('_'))
  if (existsSync(place)) return place
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'fetching-'))
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact']
    execFileSync(npm, ['install', '--prefix', folder, ...options, ...peers], { stdio: 'ignore' })
    renameSync(folder, place)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  }
  return place
}
