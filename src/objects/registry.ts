// The ordered list of kinds. The order is that of creation where no dependency demands another; `Operation` is derived from it.
import type { ObjectKind, OperationBase, SchemaObject } from '../engine/kind.js'
import { makeRegistry, type Registry } from '../engine/registry.js'
import { aggregates } from './aggregates/kind.js'
import { clusterings } from './clusterings/kind.js'
import { collations } from './collations/kind.js'
import { columns } from './columns/kind.js'
import { comments } from './comments/kind.js'
import { compositeTypes } from './composite-types/kind.js'
import { constraints } from './constraints/kind.js'
import { defaultPrivileges } from './default-privileges/kind.js'
import { domains } from './domains/kind.js'
import { enums } from './enums/kind.js'
import { extensions } from './extensions/kind.js'
import { foreignKeys } from './foreign-keys/kind.js'
import { grants } from './grants/kind.js'
import { indexes } from './indexes/kind.js'
import { inheritance } from './inheritance/kind.js'
import { materializedViews } from './materialized-views/kind.js'
import { others } from './others/kind.js'
import { owners } from './owners/kind.js'
import { policies } from './policies/kind.js'
import { rangeTypes } from './range-types/kind.js'
import { replicaIdentities } from './replica-identities/kind.js'
import { routines } from './routines/kind.js'
import { schemas } from './schemas/kind.js'
import { sequences } from './sequences/kind.js'
import { statistics } from './statistics/kind.js'
import { tableTypes } from './table-types/kind.js'
import { tables } from './tables/kind.js'
import { triggers } from './triggers/kind.js'
import { views } from './views/kind.js'

const kinds = [
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
  inheritance,
  tableTypes,
  foreignKeys,
  views,
  materializedViews,
  indexes,
  triggers,
  statistics,
  policies,
  replicaIdentities,
  clusterings,
  comments,
  owners,
  grants,
  others,
] as const

type OperationOf<K> =
  K extends ObjectKind<infer _Obj extends SchemaObject, infer Op extends OperationBase, infer _Row> ? Op : never

/** Every operation that a plan can hold; `type` tells them apart. */
export type Operation = OperationOf<(typeof kinds)[number]>

export const registry: Registry = makeRegistry(kinds)
