// The drifts of every kind.
import type { KindDrifts } from './drift.js'
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

export const allDrifts: readonly KindDrifts[] = [
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
