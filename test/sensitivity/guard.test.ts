// Every field that an object of a managed kind has is changed by some drift; a new field without one fails here.
import { expect, test } from 'vitest'
import type { Entry } from '../../src/engine/state.js'
import { registry } from '../../src/objects/registry.js'
import { withDatabase } from '../support/database.js'
import { fieldsOf, type KindDrifts, objectsOf, setUp } from './drift.js'
import { aggregates } from './kinds/aggregates.js'
import { clusterings } from './kinds/clusterings.js'
import { collations } from './kinds/collations.js'
import { columns } from './kinds/columns.js'
import { comments } from './kinds/comments.js'
import { compositeTypes } from './kinds/composite-types.js'
import { constraints } from './kinds/constraints.js'
import { defaultPrivileges } from './kinds/default-privileges.js'
import { domains } from './kinds/domains.js'
import { enums } from './kinds/enums.js'
import { extensions } from './kinds/extensions.js'
import { foreignKeys } from './kinds/foreign-keys.js'
import { grants } from './kinds/grants.js'
import { indexes } from './kinds/indexes.js'
import { inheritance } from './kinds/inheritance.js'
import { materializedViews } from './kinds/materialized-views.js'
import { owners } from './kinds/owners.js'
import { policies } from './kinds/policies.js'
import { rangeTypes } from './kinds/range-types.js'
import { replicaIdentities } from './kinds/replica-identities.js'
import { routines } from './kinds/routines.js'
import { schemas } from './kinds/schemas.js'
import { sequences } from './kinds/sequences.js'
import { statistics } from './kinds/statistics.js'
import { tableTypes } from './kinds/table-types.js'
import { tables } from './kinds/tables.js'
import { triggers } from './kinds/triggers.js'
import { views } from './kinds/views.js'

const all: readonly KindDrifts[] = [
  schemas,
  defaultPrivileges,
  extensions,
  collations,
  enums,
  rangeTypes,
  domains,
  compositeTypes,
  sequences,
  routines,
  aggregates,
  tables,
  columns,
  constraints,
  foreignKeys,
  views,
  materializedViews,
  indexes,
  triggers,
  statistics,
  policies,
  inheritance,
  tableTypes,
  replicaIdentities,
  clusterings,
  comments,
  owners,
  grants,
]
const database = withDatabase()

test('every managed kind has drifts', () => {
  const managed = registry.kinds.filter((kind) => !kind.unmanaged).map((kind) => kind.name)
  expect(all.map(({ kind }) => kind).sort()).toEqual([...managed].sort())
})

test('every field of every kind has a drift', async () => {
  const entries: Entry[] = []
  for (const one of all) {
    const { client } = await database()
    await setUp(one, client)
    entries.push(...(await objectsOf(client)).values())
  }
  for (const { kind, drifts, never = {} } of all) {
    const found = entries.filter((entry) => entry.kind.name === kind).flatMap(fieldsOf)
    const drifted = drifts.flatMap(({ fields }) => fields)
    const expected = ['(missing)', '(undeclared)', ...found]
    const covered = new Set([...drifted, ...Object.keys(never)])
    expect([kind, [...new Set(expected)].filter((field) => !covered.has(field))]).toEqual([kind, []])
    expect([kind, Object.keys(never).filter((field) => drifted.includes(field) || !expected.includes(field))]).toEqual([
      kind,
      [],
    ])
  }
})
