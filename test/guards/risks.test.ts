// The codes of risks: those that kinds and planning give, the list that --allow is checked against, and the table of the page are the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { riskCodes } from '../../src/execute/confirm.js'
import { nodes, root, sources } from './support/sources.js'

/** The string literals that the field `code` of a risk may be: of an object with a `level`. */
function codesIn(tree: ts.SourceFile): readonly string[] {
  return [...nodes(tree)].flatMap((node) => {
    if (!ts.isObjectLiteralExpression(node)) return []
    const field = (name: string) => node.properties.find((one) => one.name?.getText(tree) === name)
    const code = field('code')
    if (!field('level') || !code || !ts.isPropertyAssignment(code)) return []
    return [...nodes(code.initializer)].flatMap((value) =>
      ts.isStringLiteral(value) && /^[A-Z_]+$/.test(value.text) ? [value.text] : [],
    )
  })
}

const sorted = (codes: Iterable<string>): readonly string[] => [...new Set(codes)].sort()

describe('codes of risks', () => {
  test('riskCodes are those that kinds and planning give', () => {
    expect(sorted(sources.flatMap(({ tree }) => codesIn(tree)))).toEqual(sorted(riskCodes))
  })

  test('each has a row of the table in docs/safety.md, and no other has', () => {
    const page = readFileSync(join(root, 'docs/safety.md'), 'utf8')
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (?:data-loss|blocking|may-fail) \|/gm)].map(([, code]) => code!)
    expect(rows.sort()).toEqual(sorted(riskCodes))
  })
})
