// `npm run demo`: without a terminal, where all of it is done, and in one, where the answer is no.
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { inTerminal } from '../cli/support/terminal.js'
import { musicStore } from './music-store-copy.js'

const example = musicStore()
const slow = 240_000
const question = 'Do you want to continue?'

const leftBehind = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('lockstep-demo-'))

test(
  'without a terminal: refused first, then answered by flags; the database of the environment is left alone',
  async () => {
    const before = await leftBehind()
    const { code, stdout, stderr } = await example().run('node scripts/demo.mjs', {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere',
    })
    expect(code, `${stdout}\n${stderr}`).toBe(0)
    expect(stderr).toContain('[DROPS_COLUMN]')
    expect(stdout).not.toContain(question)
    expect(stdout).toContain('$ lockstep migrate --yes --allow data-loss')
    expect(stdout).toContain("kept its value: 'Gomes & Filhos'")
    expect((await leftBehind()).filter((name) => !before.includes(name))).toEqual([])
  },
  slow,
)

test(
  'in a terminal: asked once by the program itself; no changes nothing, and is no failure',
  async () => {
    const terminal = inTerminal(['scripts/demo.mjs'], { cwd: example().folder })
    for (const step of ['── 1.', '── 2.', '── 4.', '── 5.', question]) await terminal.until(step)
    terminal.type('n\r')
    expect(await terminal.exited, terminal.text()).toBe(0)
    expect(terminal.text()).not.toContain('$ lockstep migrate --yes')
    expect(terminal.text()).toContain('(3 rows, 2 values)')
    expect(terminal.text()).toContain('2 fax numbers and 1 company are where they were')
  },
  slow,
)
