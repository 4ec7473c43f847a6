// Partitions, parents, typed tables, replica identities, clusterings: each field is watched.
import { proveDrifts } from './drift.js'
import { clusterings } from './kinds/clusterings.js'
import { inheritance } from './kinds/inheritance.js'
import { replicaIdentities } from './kinds/replica-identities.js'
import { tableTypes } from './kinds/table-types.js'

for (const one of [inheritance, tableTypes, replicaIdentities, clusterings]) proveDrifts(one)
