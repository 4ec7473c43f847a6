// Which migrations a request means: a table of files, journal and request → versions or code.
import { describe, expect, test } from 'vitest'
import { type Applied, type Known, type ResolveRequest, resolve } from '../../src/migrations/resolve.js'
import { compareKeys, nextVersion, parseName, slugOf, versionKey } from '../../src/migrations/version.js'

const file = (stem: string): Known => {
  const named = parseName(`${stem}.ts`)
  if ('problem' in named) throw new Error(named.problem)
  return { ...named, checksum: `ts:${stem}` }
}
const files = ['001_a', '002_b', '003_c', '004_d'].map(file)

/** `001:1` is applied first, `003:2!` is not reversible, `002x` failed, `004~` half way. */
const journal = (text: string, batches = ''): readonly Applied[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((item, index): Applied => {
      const [, version = '', position, mark] = /^(\d+)(?::(\d+))?([!x~]?)$/.exec(item) ?? []
      const stem = files.find((one) => one.version === version)?.stem ?? `${version}_gone`
      return {
        key: versionKey(version) as string,
        version,
        name: stem.slice(4),
        file: stem,
        status: mark === 'x' ? 'failed' : mark === '~' ? 'running' : 'completed',
        position: position === undefined ? null : Number(position),
        batch: Number(batches[index] ?? 1),
        reversible: mark !== '!',
        metadata: mark === '~' ? { transaction: false } : {},
      }
    })

const outcome = (definitions: readonly Known[], rows: readonly Applied[], request: ResolveRequest): string => {
  const resolution = resolve(definitions, rows, request)
  return resolution.error ? resolution.error.code : resolution.steps.map((step) => step.version).join(' ')
}
const up = (request: object = {}): ResolveRequest => ({ direction: 'up', ...request })
const down = (request: object = {}): ResolveRequest => ({ direction: 'down', ...request })

describe('resolve', () => {
  test.each<[string, ResolveRequest, string]>([
    ['', up(), '001 002 003 004'],
    ['001:1', up(), '002 003 004'],
    ['001:1 002:2 003:3 004:4', up(), ''],
    ['001:1 002x', up(), '002 003 004'],
    ['001:1', up({ to: '003' }), '002 003'],
    ['001:1', up({ to: '3' }), '002 003'],
    ['001:1', up({ to: '001' }), ''],
    ['001:1', up({ to: '009' }), 'MIGRATION_NOT_FOUND'],
    ['001:1', up({ to: 'x' }), 'USAGE'],
    ['', up({ steps: 2 }), '001 002'],
    ['', up({ steps: 0 }), 'USAGE'],
    ['', up({ steps: 1.5 }), 'USAGE'],
    ['', up({ to: '003', steps: 1 }), '001'],
    ['', up({ to: '003', name: 'a' }), 'USAGE'],
    ['001:1', up({ name: '003_c' }), '003'],
    ['001:1', up({ name: 'c' }), '003'],
    ['001:1', up({ name: 'migrations/003_c.ts' }), '003'],
    ['001:1', up({ name: '003' }), '003'],
    ['001:1', up({ name: 'a' }), ''],
    ['001:1', up({ name: 'nosuch' }), 'MIGRATION_NOT_FOUND'],
    ['001:1 003:2', up(), 'MIGRATION_OUT_OF_ORDER'],
    ['001:1 003:2', up({ outOfOrder: true }), '002 004'],
    ['001:1 003:2', up({ name: 'b' }), '002'],
    ['001:1 002x 003:2', up(), 'MIGRATION_OUT_OF_ORDER'],
    ['001:1 002x 003:2', up({ continueOnError: true }), '002 004'],
    ['001x 003:2', up({ continueOnError: true }), 'MIGRATION_OUT_OF_ORDER'],
    ['001:1 004~', up(), 'MIGRATION_INTERRUPTED'],
    ['001:1 002:2 003:3', down(), '003 002 001'],
    ['001:1 002:2 003:3', down({ steps: 1 }), '003'],
    ['001:1 002:2 003:3', down({ steps: 9 }), '003 002 001'],
    // By when they were applied, not by their names.
    ['001:1 003:2 002:3', down({ steps: 1 }), '002'],
    ['001:1 003:2 002:3', down({ to: '003' }), '002'],
    ['001:1 002:2 003:3', down({ to: '001' }), '003 002'],
    ['001:1 002:2 003:3', down({ to: '003' }), ''],
    ['001:1 002:2 003:3', down({ to: '0' }), '003 002 001'],
    ['001:1 002:2', down({ to: '004' }), 'MIGRATION_NOT_FOUND'],
    ['001:1 002:2 003:3', down({ all: true }), '003 002 001'],
    ['001:1 002:2 003:3', down({ name: 'b' }), '002'],
    ['001:1 002:2', down({ name: 'c' }), 'MIGRATION_NOT_FOUND'],
    ['001:1 002:2! 003:3', down({ steps: 2 }), 'MIGRATION_IRREVERSIBLE'],
    ['001:1 002:2! 003:3', down({ steps: 1 }), '003'],
    ['001:1 002:2', down({ batch: 7 }), 'MIGRATION_NOT_FOUND'],
    ['001:1', down({ all: true, steps: 1 }), 'USAGE'],
    ['', down(), ''],
    ['001:1 009:2', down({ steps: 1 }), '009'],
  ])('%s | %j → %s', (rows, request, wanted) => {
    expect(outcome(files, journal(rows), request)).toBe(wanted)
  })

  test('batches: the last one, or the one that is named', () => {
    const rows = journal('001:1 002:2 003:3', '122')
    expect(outcome(files, rows, down())).toBe('003 002')
    expect(outcome(files, rows, down({ batch: 1 }))).toBe('001')
  })

  test('what another applied one depends on cannot be rolled back alone', () => {
    const rows = journal('001:1 002:2').map((row) =>
      row.version === '002' ? { ...row, metadata: { dependsOn: ['001'] } } : row,
    )
    expect(outcome(files, rows, down({ name: 'a' }))).toBe('MIGRATION_DEPENDENCY')
    expect(outcome(files, rows, down({ all: true }))).toBe('002 001')
  })

  test('a cut off way down inside a transaction is still applied', () => {
    const rows = journal('001:1 002:2').map((row) =>
      row.version === '002' ? { ...row, status: 'running' as const, metadata: { direction: 'down' } } : row,
    )
    expect(outcome(files, rows, down({ steps: 1 }))).toBe('002')
    expect(outcome(files, rows, up({ steps: 1 }))).toBe('003')
  })
})

describe('names of files', () => {
  test.each([
    ['001_create_users.ts', '001', '1', 'create_users'],
    ['20231201_001_create.js', '20231201_001', '20231201.1', 'create'],
    ['20250122001-add-index.mjs', '20250122001', '20250122001', 'add-index'],
    ['2024-12-19-import-legacy-users.migration.ts', '2024-12-19', '2024.12.19', 'import-legacy-users'],
    ['001_2fa.sql', '001', '1', '2fa'],
    ['7.sql', '7', '7', '7'],
  ])('%s', (name, version, key, slug) => {
    expect(parseName(name)).toMatchObject({ version, key, slug })
  })
  test('parts and forms', () => {
    expect(parseName('001_a.up.sql')).toMatchObject({ stem: '001_a', part: 'up', form: 'sql' })
    expect(parseName('users.ts')).toHaveProperty('problem')
    expect(parseName('001_a.txt')).toHaveProperty('problem')
    expect(parseName('12ab_x.ts')).toHaveProperty('problem')
  })
  test('versions are compared group by group as numbers', () => {
    const sorted = ['10', '9', '20231201_10', '20231201_9', '20231201', '99999999999999999999']
      .map((one) => versionKey(one) as string)
      .sort(compareKeys)
    expect(sorted).toEqual(['9', '10', '20231201', '20231201.9', '20231201.10', '99999999999999999999'])
  })
  test('a new version is later than every one there is, whatever the clock says', () => {
    const now = new Date('2025-01-22T10:11:12Z')
    expect(nextVersion(now, [])).toBe('20250122101112')
    expect(nextVersion(now, ['20250122101112'])).toBe('20250122101113')
    expect(nextVersion(now, ['20990101000000.7'])).toBe('20990101000000_8')
    expect(nextVersion(now, ['5'])).toBe('20250122101112')
  })
  test('names become parts of file names', () => {
    expect(slugOf('Add User Index!')).toBe('add_user_index')
    expect(slugOf('addUserIndex')).toBe('add_user_index')
    expect(slugOf('Größe/../x')).toBe('große_x')
    expect(slugOf('***')).toBe('')
  })
})
