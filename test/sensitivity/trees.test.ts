// Partitions, parents, replica identities, clusterings: each field is watched.
import { proveDrifts } from './drift.js'
import { clusterings } from './kinds/clusterings.js'
import { inheritance } from './kinds/inheritance.js'
import { replicaIdentities } from './kinds/replica-identities.js'

for (const one of [inheritance, replicaIdentities, clusterings]) proveDrifts(one)
