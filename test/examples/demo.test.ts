// `npm run demo`: without a terminal, and in one with both answers.
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

/** The demo in a terminal, up to the question; then `answer` is typed. */
async function answered(answer: string): Promise<{ readonly code: number; readonly text: string }> {
  const terminal = inTerminal(['scripts/demo.mjs'], { cwd: example().folder })
  for (const step of ['── 1.', '── 2.', '── 4.', '── 5.', question]) await terminal.until(step)
  terminal.type(answer)
  return { code: await terminal.exited, text: terminal.text() }
}

test(
  'in a terminal: asked once, and yes migrates',
  async () => {
    const { code, text } = await answered('y\r')
    expect(code, text).toBe(0)
    expect(text).not.toContain('--allow')
    expect(text).toContain('(3 rows, 2 values)')
    expect(text).toContain("kept its value: 'Gomes & Filhos'")
  },
  slow,
)

test(
  'in a terminal: no changes nothing, and is no failure',
  async () => {
    const { code, text } = await answered('n\r')
    expect(code, text).toBe(0)
    expect(text).toContain('2 fax numbers and 1 company are where they were')
  },
  slow,
)
