// Constraints, foreign keys, indexes: each field is watched.
import { proveDrifts } from './drift.js'
import { constraints } from './kinds/constraints.js'
import { foreignKeys } from './kinds/foreign-keys.js'
import { indexes } from './kinds/indexes.js'

for (const one of [constraints, foreignKeys, indexes]) proveDrifts(one)
