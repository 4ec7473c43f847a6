// The program as Node runs it without a TypeScript loader: sources transpiled into a folder of the checkout, commands in child processes.
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'

const checkout = fileURLToPath(new URL('../../../', import.meta.url))

export interface Result {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface BuiltProgram {
  /** The folder that stands for `dist`. */
  readonly dist: string
  /** Runs `lockstep …args` without a terminal. */
  run(args: readonly string[], options?: RunOptions): Promise<Result>
  /** Runs an ES module's text with Node; `./` is `dist`. */
  script(text: string, options?: RunOptions): Promise<Result>
  /** A new folder with these files. */
  project(files: Readonly<Record<string, string>>): Promise<string>
}

/** Call it once at the top of a file; the returned function is usable in tests and hooks. */
export function builtProgram(): () => BuiltProgram {
  let program: BuiltProgram | undefined
  const folders: string[] = []
  beforeAll(async () => {
    await mkdir(join(checkout, '.lockstep'), { recursive: true })
    const root = await mkdtemp(join(checkout, '.lockstep', 'test-'))
    folders.push(root)
    const dist = join(root, 'dist')
    await transpileSources(dist)
    await cp(join(checkout, 'package.json'), join(root, 'package.json'))
    program = {
      dist,
      run: (args, options) => node([join(dist, 'cli', 'main.js'), ...args], options),
      script: async (text, options) => {
        const file = join(dist, `script-${folders.length}-${Math.random().toString(36).slice(2)}.mjs`)
        await writeFile(file, text)
        return node([file], options)
      },
      project: async (files) => {
        const folder = await mkdtemp(join(tmpdir(), 'lockstep-project-'))
        folders.push(folder)
        for (const [name, text] of Object.entries(files)) {
          await mkdir(dirname(join(folder, name)), { recursive: true })
          await writeFile(join(folder, name), text)
        }
        return folder
      },
    }
  })
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  })
  return () => {
    if (!program) throw new Error('builtProgram() is usable in tests and hooks only')
    return program
  }
}

async function transpileSources(outdir: string): Promise<void> {
  const files = await readdir(join(checkout, 'src'), { recursive: true })
  await build({
    entryPoints: files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => join(checkout, 'src', file)),
    outbase: join(checkout, 'src'),
    outdir,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: false } },
    logLevel: 'error',
  })
}

/** The environment without what a developer's shell or a CI has set. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const dropped = /^(?:DATABASE_URL|LOCKSTEP_.*|CI|NODE_ENV|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|VITEST.*|PG[A-Z]+)$/
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !dropped.test(entry[0]),
  )
  return { ...Object.fromEntries(kept), ...extra }
}

function node(args: readonly string[], { cwd = tmpdir(), env = {} }: RunOptions = {}): Promise<Result> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, args, { cwd, env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
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
