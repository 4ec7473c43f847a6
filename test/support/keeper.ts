// Ends a server and removes its files when the process that started it is gone, however that ended: a shell that waits for the end of its input.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Account } from './binaries.js'

const script = `
pid=
while read -r line; do pid=$line; done
if [ -n "$pid" ]; then
  kill -QUIT "$pid"
  n=0
  while kill -0 "$pid" && [ -e "$1/postmaster.pid" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
fi 2>/dev/null
[ -z "$2" ] || rm -rf "$2"
`

export interface Keeper {
  /** The server that now uses the directory; undefined once it has ended. */
  watch(pid: number | undefined): void
  /** Ends what is left and removes the files. */
  finish(): Promise<void>
}

/** `removed` is the directory that goes at the end, with the server's files in it; undefined keeps them. */
export function startKeeper(dataDir: string, removed: string | undefined, account: Account): Keeper {
  const child = spawn('sh', ['-c', script, 'keeper', dataDir, removed ?? ''], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = once(child, 'exit')
  child.stdin.on('error', () => undefined)
  child.unref()
  ;(child.stdin as unknown as { unref(): void }).unref()
  return {
    watch: (pid) => void child.stdin.write(`${pid ?? ''}\n`),
    async finish() {
      child.ref()
      child.stdin.end()
      await ended
    },
  }
}
