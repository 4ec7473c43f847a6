// Schemas have no field: they are there or not.
import type { KindDrifts } from '../drift.js'

export const schemas: KindDrifts = {
  kind: 'schema',
  setup: 'create schema kept; create schema empty;',
  drifts: [
    { fields: ['(missing)'], change: 'drop schema empty', plan: ["create_schema: Create schema 'empty'"] },
    { fields: ['(undeclared)'], change: 'create schema more', plan: ["drop_schema: Drop schema 'more'"] },
  ],
}
