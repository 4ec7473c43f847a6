// The codes of risks: those that the kinds and the planner give, the list that --allow is checked against, and the table of the page are the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { riskCodes } from '../../src/execute/confirm.js'
import { nodes, root, sources } from './support/sources.js'

/** The string literals that the value of a property `code` may be. */
function codesIn(tree: ts.SourceFile): readonly string[] {
  return [...nodes(tree)].flatMap((node) =>
    ts.isPropertyAssignment(node) && node.name.getText(tree) === 'code'
      ? [...nodes(node.initializer)].flatMap((value) =>
          ts.isStringLiteral(value) && /^[A-Z_]+$/.test(value.text) ? [value.text] : [],
        )
      : [],
  )
}

const sorted = (codes: Iterable<string>): readonly string[] => [...new Set(codes)].sort()

describe('codes of risks', () => {
  test('riskCodes are those that the kinds and the planner give', () => {
    const given = sources.filter(({ area, path }) => area === 'objects' || path === 'engine/planner.ts')
    expect(sorted(given.flatMap(({ tree }) => codesIn(tree)))).toEqual(sorted(riskCodes))
  })

  test('each has a row of the table in docs/safety.md, and no other has', () => {
    const page = readFileSync(join(root, 'docs/safety.md'), 'utf8')
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (?:data-loss|blocking|may-fail) \|/gm)].map(([, code]) => code!)
    expect(rows.sort()).toEqual(sorted(riskCodes))
  })
})
