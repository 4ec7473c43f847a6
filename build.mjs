// Builds src into dist, or into the folder that is given: ES modules with their declarations, and in `require` the same declarations for
// CommonJS projects, which may require() the package, but whose TypeScript takes declarations of ES modules only from `nodenext` on.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const [folder = 'dist', ...options] = process.argv.slice(2)
const target = resolve(root, folder)

rmSync(target, { recursive: true, force: true })
execFileSync(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('typescript/bin/tsc'),
    '-p',
    'tsconfig.build.json',
    '--outDir',
    target,
    ...options,
  ],
  { cwd: root, stdio: 'inherit' },
)
chmodSync(join(target, 'cli/main.js'), 0o755)

const declarations = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'))
for (const name of declarations) {
  mkdirSync(dirname(join(target, 'require', name)), { recursive: true })
  copyFileSync(join(target, name), join(target, 'require', name))
}
writeFileSync(join(target, 'require/package.json'), '{ "type": "commonjs" }\n')
