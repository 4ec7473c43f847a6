// What may stand in the text of src: no effects in pure folders, no kind's name in the engine, raw() only where text is SQL, and the habits of a file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { registry } from '../../src/objects/registry.js'
import { lineOf, nodes, repository, root, sources } from './support/sources.js'

const pure = sources.filter(({ area }) => ['engine', 'model', 'objects', 'sql'].includes(area))

describe('pure folders: engine, model, objects, sql', () => {
  /** Names of the outside world that are used as values. */
  const outside = new Set(['process', 'console', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'fetch'])

  test('touch no process, terminal, clock or disk', () => {
    const found = pure.flatMap(({ path, tree, imports }) => [
      ...imports.filter(({ from }) => from.startsWith('node:')).map(({ from, line }) => `${path}:${line} ${from}`),
      ...[...nodes(tree)].flatMap((node) => {
        const isName = ts.isIdentifier(node) && outside.has(node.text) && !isPropertyName(node)
        const isClock =
          (ts.isPropertyAccessExpression(node) && node.getText(tree) === 'Date.now') ||
          (ts.isNewExpression(node) && node.expression.getText(tree) === 'Date' && !node.arguments?.length) ||
          (ts.isPropertyAccessExpression(node) && node.getText(tree) === 'Math.random')
        return isName || isClock ? [`${path}:${lineOf(tree, node)} ${node.getText(tree)}`] : []
      }),
    ])
    expect(found).toEqual([])
  })
})

const isPropertyName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  ((ts.isPropertyAssignment(node.parent) || ts.isPropertySignature(node.parent)) && node.parent.name === node)

/** A space of names, which kinds share, may be called as a kind is: `space: 'column'`, `space === 'schema'`. */
const saysSpace = ({ parent }: ts.Node, tree: ts.SourceFile): boolean =>
  (ts.isPropertyAssignment(parent) && parent.name.getText(tree) === 'space') ||
  (ts.isBinaryExpression(parent) && /(^|\.)space$/.test(parent.left.getText(tree)))

/** Why an object is not managed: `reason: 'kind' | 'extension' | …`. */
const saysReason = (node: ts.Node): boolean => ts.isLiteralTypeNode(node.parent)

describe('the engine', () => {
  test('names no kind and no operation', () => {
    const names = new Set(registry.kinds.flatMap((kind) => [kind.name, ...Object.keys(kind.operations)]))
    expect(names.size).toBeGreaterThan(20)
    const found = sources
      .filter(({ area }) => area === 'engine')
      .flatMap(({ path, tree }) =>
        [...nodes(tree)].flatMap((node) =>
          ts.isStringLiteralLike(node) && names.has(node.text) && !saysSpace(node, tree) && !saysReason(node)
            ? [`${path}:${lineOf(tree, node)} '${node.text}'`]
            : [],
        ),
      )
    expect(found).toEqual([])
  })
})

describe('raw() and expression()', () => {
  test('stand only where text is SQL: PostgreSQL or the user wrote it, or it is a keyword or a number', () => {
    const users = sources
      .filter(({ path }) => path !== 'sql/sql.ts')
      .filter(({ tree }) =>
        [...nodes(tree)].some(
          (node) =>
            ts.isCallExpression(node) &&
            ts.isIdentifier(node.expression) &&
            ['raw', 'expression', 'expressionSql'].includes(node.expression.text),
        ),
      )
    expect(users.map(({ path }) => path)).toEqual([
      'catalog/dependencies.ts', // object ids that the catalog gave
      'context/desired.ts', // nothing at all
      'engine/counted.ts', // what a risk counts, with names led back in its parse tree
      'engine/state.ts', // nothing at all
      'migrations/journal-table.ts', // types and constraints of the journal's own columns
      'objects/aggregates/aggregate.ts', // types, numbers, operators after a look at their characters
      'objects/aggregates/operations.ts', // types
      'objects/array-elements.ts', // braces and numbers
      'objects/casts.ts', // the name of a type
      'objects/collations/kind.ts', // names of options and providers
      'objects/columns/column.ts', // types, defaults, generated expressions
      'objects/columns/identity.ts', // numbers, the name of a sequence in a default
      'objects/columns/operations.ts', // types, defaults, generated expressions
      'objects/columns/settings.ts', // storage and compression by their words, numbers
      'objects/columns/type-change.ts', // the same, and how values move
      'objects/comments/kind.ts', // an address made of quoted names
      'objects/constraints/constraint.ts', // a check's expression
      'objects/default-privileges/kind.ts', // names of privileges
      'objects/domains/domain.ts', // defaults and checks
      'objects/domains/operations.ts', // a check
      'objects/foreign-keys/foreign-key.ts', // ON DELETE actions
      'objects/foreign-keys/kind.ts', // names of catalog columns
      'objects/grants/operations.ts', // names of privileges, an address made of quoted names
      'objects/index-keys.ts', // expressions; operators, after a look at their characters
      'objects/indexes/operations.ts', // predicates, numbers
      'objects/materialized-views/operations.ts', // queries; numbers and keywords
      'objects/others/kind.ts', // identities as PostgreSQL spells them
      'objects/owners/kind.ts', // an address made of quoted names
      'objects/partition-bound.ts', // a bound as PostgreSQL or the model wrote it
      'objects/policies/operations.ts', // conditions, commands
      'objects/query-columns.ts', // types of columns
      'objects/relations.ts', // an alias
      'objects/routine-references.ts', // types
      'objects/routines/kind.ts', // types
      'objects/routines/sql.ts', // types, defaults, bodies
      'objects/sequence-options.ts', // numbers and integer types
      'objects/statistics/kind.ts', // expressions, types, numbers
      'objects/storage-parameters.ts', // names of catalog columns
      'objects/tables/table.ts', // the strategy and expressions of a partition key
      'objects/triggers/trigger.ts', // conditions, keywords
      'objects/type-references.ts', // names of catalog columns
      'objects/views/operations.ts', // queries, defaults; names of options
      'sql/expression.ts', // expressions and queries
      'sql/values.ts', // the name of a type
    ])
  })
})

describe('files', () => {
  test('of src have at most 300 lines', () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    expect(long.filter(({ lines }) => lines > 300)).toEqual([])
  })

  test('of src open with a comment', () => {
    expect(sources.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('are named after what they know', () => {
    const vague = /(^|\/)(utils?|helpers?|misc|common|lib)\.[cm]?[jt]sx?$/
    expect(repository().filter((path) => vague.test(path))).toEqual([])
  })

  test('of src await nothing at the top, except the program itself, which nobody imports', () => {
    const awaiting = sources.filter(({ tree }) => tree.statements.some(hasAwait)).map(({ path }) => path)
    expect(awaiting).toEqual(['cli/main.ts'])
    expect(sources.filter(({ imports }) => imports.some(({ from }) => from === 'cli/main.ts'))).toEqual([])
  })

  test('name no path of a machine', () => {
    const machine = new RegExp(`(^|[^\\w.])/(${['work', 'home', 'Users'].join('|')})/\\w`)
    const text = (path: string) => readFileSync(join(root, path), 'utf8')
    const found = repository()
      .filter((path) => !/\.(png|wasm|tgz|ico)$/.test(path) && path !== 'package-lock.json')
      .flatMap((path) =>
        text(path)
          .split('\n')
          .flatMap((line, index) => (machine.test(line) ? [`${path}:${index + 1}`] : [])),
      )
    expect(found).toEqual([])
  })

  test('contain no work that is put off, and no marks of a debugger', () => {
    const words = new RegExp(`\\b(${['TODO', 'FIXME', 'XXX', 'HACK'].join('|')})\\b|^\\s*debugger\\b`)
    const found = sources.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (words.test(line) ? [`${path}:${index + 1}`] : [])),
    )
    expect(found).toEqual([])
  })
})

/** An `await` outside of every function. */
function hasAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true
  if (ts.isFunctionLike(node)) return false
  return ts.forEachChild(node, (child) => hasAwait(child) || undefined) === true
}
