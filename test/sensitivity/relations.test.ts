// Schemas, extensions, types, sequences, tables, comments: each field is watched.
import { proveDrifts } from './drift.js'
import { comments } from './kinds/comments.js'
import { enums } from './kinds/enums.js'
import { extensions } from './kinds/extensions.js'
import { schemas } from './kinds/schemas.js'
import { sequences } from './kinds/sequences.js'
import { tables } from './kinds/tables.js'

for (const one of [schemas, extensions, enums, sequences, tables, comments]) proveDrifts(one)
