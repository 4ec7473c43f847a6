// A copy of a running server's files, as the start of a standby: the backup API and a file copy, since the npm package has no pg_basebackup.
import { chown, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseClient } from '../../src/client/database-client.js'
import type { Account } from './binaries.js'

const leftOut = new Set(['postmaster.pid', 'postmaster.opts', 'pg_internal.init', 'standby.signal'])
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])

/** Copies `from`, the data directory of the server behind `client`, to the new directory `to`. */
export async function baseBackup(client: DatabaseClient, from: string, to: string, account: Account): Promise<void> {
  const { version } = await client.server()
  const [start, stop] =
    version >= 150000
      ? ["pg_backup_start('standby', true)", 'pg_backup_stop(false)']
      : ["pg_start_backup('standby', true, false)", 'pg_stop_backup(false, false)']
  await client.session(async (session) => {
    await session.query(`select ${start}`)
    await copyDirectory(from, to, account)
    const { rows } = await session.query<{ labelfile: string }>(`select labelfile from ${stop}`)
    await writeOwned(join(to, 'backup_label'), rows[0]!.labelfile, account)
  })
}

/** Writes a file that the server's account owns. */
export async function writeOwned(path: string, text: string, account: Account): Promise<void> {
  await writeFile(path, text, { mode: 0o600 })
  await own(path, account)
}

async function copyDirectory(from: string, to: string, account: Account, top = true): Promise<void> {
  await mkdir(to, { mode: 0o700 })
  await own(to, account)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (leftOut.has(entry.name)) continue
    if (entry.isFile()) await copyOwned(source, target, account)
    else if (entry.isDirectory() && !(top && emptied.has(entry.name)))
      await copyDirectory(source, target, account, false)
    else if (entry.isDirectory()) {
      await mkdir(target, { mode: 0o700 })
      await own(target, account)
    }
  }
}

/** A file that the running server has just removed is not missed: the WAL since the start of the backup says so too. */
async function copyOwned(from: string, to: string, account: Account): Promise<void> {
  try {
    await copyFile(from, to)
    await own(to, account)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function own(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}
