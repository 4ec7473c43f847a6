// The code blocks of a page, laid out as the files of a project: what the info string names as `file=…` gets that path, all else a path of its own.

export interface Block {
  /** Path in the page's project, for example `stage1/src/database.ts`. */
  readonly path: string
  readonly code: string
  /** 1-based line of the page on which the code begins. */
  readonly line: number
}

/** The ts blocks that are whole files. A file that is shown again begins a new stage; what follows imports from that one. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = []
  let stage = 1
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const info = /^```ts(?:\s+(.*))?$/.exec(lines[at] ?? '')
    if (!info) continue
    const begin = at + 1
    at = lines.indexOf('```', begin)
    if (at < 0) throw new Error(`The block that begins in line ${begin} is never closed.`)
    const words = info[1]?.split(/\s+/) ?? []
    if (words.includes('fragment')) continue
    const name = words.find((word) => word.startsWith('file='))?.slice('file='.length) ?? `line-${begin}.ts`
    if (blocks.some((block) => block.path === `stage${stage}/${name}`)) stage++
    blocks.push({ path: `stage${stage}/${name}`, code: lines.slice(begin, at).join('\n'), line: begin + 1 })
  }
  return blocks
}
