// Policies: each part of them; the role is there once for the whole server.
import type { KindDrifts } from '../drift.js'

const again = (name: string, rest: string): string =>
  `drop policy ${name} on t; create policy ${name} on t ${rest}; comment on policy ${name} on t is null`

export const policies: KindDrifts = {
  kind: 'policy',
  roles: ['lockstep_drift_reader', 'lockstep_drift_writer'],
  setup: `
    create table t (a integer, owner text);
    create policy plain on t using (a > 0);
    create policy checked on t to lockstep_drift_reader using (a > 0) with check (owner = current_user);
    create policy open on t for insert;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop policy plain on t',
      plan: ["create_policy: Create policy 't.plain' for all to public using ((a > 0))"],
    },
    {
      fields: ['(undeclared)'],
      change: 'create policy more on t for delete using (false)',
      plan: ["drop_policy: Drop policy 't.more'"],
    },
    {
      fields: ['command'],
      change: again('plain', 'for update using (a > 0)'),
      plan: [
        "drop_policy: Drop policy 't.plain'",
        "create_policy: Create policy 't.plain' for all to public using ((a > 0))",
      ],
    },
    {
      fields: ['permissive'],
      change: again('plain', 'as restrictive using (a > 0)'),
      plan: [
        "drop_policy: Drop policy 't.plain'",
        "create_policy: Create policy 't.plain' for all to public using ((a > 0))",
      ],
    },
    {
      fields: ['roles'],
      change: 'alter policy checked on t to lockstep_drift_writer, lockstep_drift_reader',
      plan: ["alter_policy: Alter policy 't.checked' to lockstep_drift_reader"],
    },
    {
      fields: ['roles'],
      change: 'alter policy plain on t to lockstep_drift_writer',
      plan: ["alter_policy: Alter policy 't.plain' to public"],
    },
    {
      fields: ['qual.expression'],
      change: 'alter policy plain on t using (a > 1)',
      plan: ["alter_policy: Alter policy 't.plain' using ((a > 0))"],
    },
    {
      fields: ['withCheck.expression'],
      change: 'alter policy checked on t with check (owner = session_user)',
      plan: ["alter_policy: Alter policy 't.checked' with check ((owner = CURRENT_USER))"],
    },
    {
      fields: ['withCheck'],
      change: 'alter policy open on t with check (a > 3)',
      plan: ["drop_policy: Drop policy 't.open'", "create_policy: Create policy 't.open' for insert to public"],
    },
    {
      fields: ['qual'],
      change: again('plain', ''),
      plan: ["alter_policy: Alter policy 't.plain' using ((a > 0))"],
    },
  ],
}
