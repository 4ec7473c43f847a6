// Policies, statistics: each field is watched.
import { proveDrifts } from './drift.js'
import { policies } from './kinds/policies.js'
import { statistics } from './kinds/statistics.js'

for (const one of [policies, statistics]) proveDrifts(one)
