// Columns: each field is watched.
import { proveDrifts } from './drift.js'
import { columns } from './kinds/columns.js'

proveDrifts(columns)
