// Extensions: where they are and which version.
import type { KindDrifts } from '../drift.js'

export const extensions: KindDrifts = {
  kind: 'extension',
  setup: 'create schema other; create extension citext; create extension pg_trgm;',
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop extension citext',
      plan: ["create_extension: Create extension 'citext'", "set_comment: Comment on extension 'citext'"],
      along: ['comment.(missing)'],
    },
    {
      fields: ['(undeclared)'],
      change: 'create extension hstore',
      plan: ["drop_extension: Drop extension 'hstore'"],
      along: ['comment.(undeclared)'],
    },
    {
      fields: ['schemaName'],
      change: 'alter extension citext set schema other',
      plan: ["alter_extension: Alter extension 'citext' (schema public)"],
    },
    {
      fields: ['version'],
      change: "drop extension pg_trgm; create extension pg_trgm version '1.5'",
      plan: ["alter_extension: Alter extension 'pg_trgm' (version 1.6)"],
      oneWay: 'The extension has no script that leads back to an older version.',
    },
  ],
}
