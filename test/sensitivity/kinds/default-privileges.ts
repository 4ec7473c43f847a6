// Default privileges: what is given and taken, for all schemas and for one.
import type { KindDrifts } from '../drift.js'

export const defaultPrivileges: KindDrifts = {
  kind: 'default-privilege',
  roles: ['lockstep_drift_reader'],
  setup: `
    create schema s;
    alter default privileges in schema s grant select, insert on tables to lockstep_drift_reader;
    alter default privileges grant usage on sequences to lockstep_drift_reader with grant option;
    alter default privileges revoke execute on functions from public;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'alter default privileges in schema s revoke all on tables from lockstep_drift_reader',
      plan: [
        "grant_default_privileges: Grant insert, select on future tables of {me} in schema 's' to lockstep_drift_reader",
      ],
    },
    {
      fields: ['(missing)'],
      change: 'alter default privileges grant execute on functions to public',
      plan: ['revoke_default_privileges: Revoke execute on future functions of {me} from public'],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter default privileges revoke usage on types from public',
      plan: ['grant_default_privileges: Grant usage on future types of {me} to public'],
    },
    {
      fields: ['(undeclared)'],
      change:
        'alter default privileges for role lockstep_drift_reader in schema s grant execute on functions to current_user',
      plan: [
        "revoke_default_privileges: Revoke execute on future functions of lockstep_drift_reader in schema 's' from {me}",
      ],
    },
    {
      fields: ['privileges'],
      change: 'alter default privileges in schema s revoke insert on tables from lockstep_drift_reader',
      plan: ["grant_default_privileges: Grant insert on future tables of {me} in schema 's' to lockstep_drift_reader"],
    },
    {
      fields: ['grantable'],
      change: 'alter default privileges revoke grant option for usage on sequences from lockstep_drift_reader',
      plan: [
        'grant_default_privileges: Grant usage on future sequences of {me} to lockstep_drift_reader with grant option',
      ],
    },
  ],
  never: {
    objectType: 'it is part of the identity',
    role: 'it is part of the identity',
    grantee: 'it is part of the identity',
  },
}
