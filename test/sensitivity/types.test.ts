// Domains, composite types, range types, collations: each field is watched.
import { proveDrifts } from './drift.js'
import { collations } from './kinds/collations.js'
import { compositeTypes } from './kinds/composite-types.js'
import { domains } from './kinds/domains.js'
import { rangeTypes } from './kinds/range-types.js'

for (const one of [domains, compositeTypes, rangeTypes, collations]) proveDrifts(one)
