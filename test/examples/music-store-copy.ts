// A copy of the example beside a freshly built program, as `npm install` would leave it: the package and the tools linked into node_modules.
import { spawn } from 'node:child_process'
import { chmod, cp, mkdir, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll } from 'vitest'
import { builtProgram, cleanEnvironment, type Result } from '../cli/support/built-program.js'

const checkout = fileURLToPath(new URL('../../', import.meta.url))
const tools = ['tsx', '@electric-sql/pglite', '@types/node', 'typescript']
const bins = { lockstep: 'lockstep-pg/dist/cli/main.js', tsx: 'tsx/dist/cli.mjs', tsc: 'typescript/bin/tsc' }

export interface ExampleCopy {
  readonly folder: string
  /** Runs a line as a shell does, in the example's folder and without a terminal. */
  run(line: string, environment?: Readonly<Record<string, string>>): Promise<Result>
  read(path: string): Promise<string>
}

/** Call it once at the top of a file; the returned function is usable in tests and hooks. */
export function musicStore(): () => ExampleCopy {
  const program = builtProgram()
  let folder = ''
  beforeAll(async () => {
    const root = dirname(program().dist)
    folder = join(root, 'examples', 'music-store')
    const left = new Set(['node_modules', '.lockstep', '.env'])
    const original = join(checkout, 'examples', 'music-store')
    await cp(original, folder, { recursive: true, filter: (path) => !left.has(basename(path)) })
    await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'), 'junction')
    await install(root, join(folder, 'node_modules'))
  })
  return () => ({
    folder,
    run: (line, environment = {}) => shell(line, folder, environment),
    read: (path) => readFile(join(folder, path), 'utf8'),
  })
}

async function install(root: string, modules: string): Promise<void> {
  const link = async (name: string, target: string) => {
    await mkdir(dirname(join(modules, name)), { recursive: true })
    await symlink(target, join(modules, name))
  }
  await link('lockstep-pg', root)
  for (const tool of tools) await link(tool, join(checkout, 'node_modules', tool))
  await chmod(join(root, 'dist', 'cli', 'main.js'), 0o755)
  for (const [name, target] of Object.entries(bins)) await link(join('.bin', name), join(modules, target))
}

function shell(line: string, cwd: string, extra: Readonly<Record<string, string>>): Promise<Result> {
  return new Promise((done, failed) => {
    const env = cleanEnvironment(extra)
    const child = spawn(line, { shell: true, cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', failed)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}
