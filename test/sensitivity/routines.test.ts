// Functions, aggregates, triggers: each field is watched.
import { proveDrifts } from './drift.js'
import { aggregates } from './kinds/aggregates.js'
import { routines } from './kinds/routines.js'
import { triggers } from './kinds/triggers.js'

for (const one of [routines, aggregates, triggers]) proveDrifts(one)
