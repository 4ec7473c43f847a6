// Collations: provider, locales, determinism, rules.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string) => `drop collation ${name}; create collation ${name} (${definition})`

export const collations: KindDrifts = {
  kind: 'collation',
  setup: `
    create collation german (provider = icu, locale = 'de-DE');
    create collation loose (provider = icu, locale = 'de-DE', deterministic = false);
    create collation plain (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
    create collation used (provider = icu, locale = 'de-DE');
    create table t (a text collate used, b text, c text collate used generated always as (b) stored, constraint one unique (a), constraint small check (b < 'b' collate used));
    insert into t values ('a', 'a');
    create index on t (a);
    create index on t (b collate used);`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop collation german',
      plan: ["create_collation: Create collation 'german' (icu, de-DE)"],
    },
    {
      fields: ['(undeclared)'],
      change: "create collation more (provider = libc, locale = 'C')",
      plan: ["drop_collation: Drop collation 'more'"],
    },
    {
      fields: ['locale'],
      change: again('german', "provider = icu, locale = 'de-AT'"),
      plan: [
        "rename_collation: Rename collation 'german' to 'german__lockstep'",
        "create_collation: Create collation 'german' (icu, de-DE)",
        "drop_collation: Drop collation 'german__lockstep'",
      ],
    },
    {
      fields: ['deterministic'],
      change: again('loose', "provider = icu, locale = 'de-DE'"),
      plan: [
        "rename_collation: Rename collation 'loose' to 'loose__lockstep'",
        "create_collation: Create collation 'loose' (icu, de-DE)",
        "drop_collation: Drop collation 'loose__lockstep'",
      ],
    },
    {
      fields: ['lcCollate'],
      change: again('plain', "provider = libc, lc_collate = 'POSIX', lc_ctype = 'POSIX'"),
      plan: [
        "rename_collation: Rename collation 'plain' to 'plain__lockstep'",
        "create_collation: Create collation 'plain' (libc, C)",
        "drop_collation: Drop collation 'plain__lockstep'",
      ],
    },
    {
      fields: ['lcCtype'],
      change: again('plain', "provider = libc, lc_collate = 'C', lc_ctype = 'C'"),
      plan: [
        "rename_collation: Rename collation 'plain' to 'plain__lockstep'",
        "create_collation: Create collation 'plain' (libc, C)",
        "drop_collation: Drop collation 'plain__lockstep'",
      ],
    },
    {
      fields: ['lcCollate', 'lcCtype', 'locale', 'provider'],
      change: again('german', "provider = libc, locale = 'C'"),
      plan: [
        "rename_collation: Rename collation 'german' to 'german__lockstep'",
        "create_collation: Create collation 'german' (icu, de-DE)",
        "drop_collation: Drop collation 'german__lockstep'",
      ],
    },
    {
      fields: ['rules'],
      change: again('german', "provider = icu, locale = 'de-DE', rules = '&V << w <<< W'"),
      since: 160000,
      plan: [
        "rename_collation: Rename collation 'german' to 'german__lockstep'",
        "create_collation: Create collation 'german' (icu, de-DE)",
        "drop_collation: Drop collation 'german__lockstep'",
      ],
    },
  ],
}
