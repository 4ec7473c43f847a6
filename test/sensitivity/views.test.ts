// Views, materialized views: each field is watched.
import { proveDrifts } from './drift.js'
import { materializedViews } from './kinds/materialized-views.js'
import { views } from './kinds/views.js'

for (const one of [views, materializedViews]) proveDrifts(one)
