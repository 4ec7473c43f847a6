// Grants: what is given and taken, with the right to give it on, of whole relations and of columns, on each kind of object.
import type { KindDrifts } from '../drift.js'

export const grants: KindDrifts = {
  kind: 'grant',
  roles: ['lockstep_drift_reader', 'lockstep_drift_writer'],
  setup: `
    create schema s;
    create table t (a integer, b integer, c integer);
    create table own (a integer);
    create sequence q;
    create type mood as enum ('x');
    grant select, update on t to lockstep_drift_reader;
    grant insert on t to lockstep_drift_writer with grant option;
    grant update (a) on t to lockstep_drift_writer;
    grant select (b) on t to lockstep_drift_writer with grant option;
    grant usage on schema s to lockstep_drift_reader;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'revoke all on t from lockstep_drift_reader',
      plan: ["grant_privileges: Grant select, update on table 't' to lockstep_drift_reader"],
    },
    {
      fields: ['(missing)'],
      change: 'revoke usage on schema s from lockstep_drift_reader',
      plan: ["grant_privileges: Grant usage on schema 's' to lockstep_drift_reader"],
    },
    {
      fields: ['(undeclared)'],
      change: 'grant usage on sequence q to lockstep_drift_reader',
      plan: ["revoke_privileges: Revoke usage on sequence 'q' from lockstep_drift_reader"],
    },
    {
      fields: ['(undeclared)'],
      change: 'grant select on t to public',
      plan: ["revoke_privileges: Revoke select on table 't' from public"],
    },
    {
      fields: ['(undeclared)'],
      change: 'revoke usage on type mood from public',
      plan: ["grant_privileges: Grant usage on enum 'mood' to public"],
    },
    {
      fields: ['(undeclared)'],
      change: 'grant create on schema public to lockstep_drift_reader; revoke usage on schema public from public',
      plan: [
        "revoke_privileges: Revoke create on schema 'public' from lockstep_drift_reader",
        "grant_privileges: Grant usage on schema 'public' to public",
      ],
    },
    {
      fields: ['(undeclared)'],
      change: 'grant select (a) on own to current_user',
      plan: ["revoke_privileges: Revoke select on table 'own' (a) from {me}"],
    },
    {
      fields: ['(undeclared)'],
      change: 'revoke delete on t from current_user',
      plan: ["grant_privileges: Grant delete on table 't' to {me}"],
    },
    {
      fields: ['privileges'],
      change: 'grant delete on t to lockstep_drift_reader; revoke update on t from lockstep_drift_reader',
      plan: [
        "revoke_privileges: Revoke delete on table 't' from lockstep_drift_reader",
        "grant_privileges: Grant update on table 't' to lockstep_drift_reader",
      ],
    },
    {
      fields: ['grantable'],
      change:
        'grant update on t to lockstep_drift_reader with grant option; revoke grant option for insert on t from lockstep_drift_writer',
      plan: [
        "revoke_privileges: Revoke grant option for update on table 't' from lockstep_drift_reader",
        "grant_privileges: Grant insert on table 't' to lockstep_drift_writer with grant option",
      ],
    },
    {
      fields: ['parts.columns.privileges'],
      change: 'grant references (a) on t to lockstep_drift_writer; revoke update (a) on t from lockstep_drift_writer',
      plan: [
        "revoke_privileges: Revoke references on table 't' (a) from lockstep_drift_writer",
        "grant_privileges: Grant update on table 't' (a) to lockstep_drift_writer",
      ],
    },
    {
      fields: ['parts.columns.grantable'],
      change: 'revoke grant option for select (b) on t from lockstep_drift_writer',
      plan: ["grant_privileges: Grant select on table 't' (b) to lockstep_drift_writer with grant option"],
    },
    {
      fields: ['parts.columns'],
      change: 'grant select (c) on t to lockstep_drift_writer',
      plan: ["revoke_privileges: Revoke select on table 't' (c) from lockstep_drift_writer"],
    },
    {
      fields: ['parts.columns.column'],
      change:
        'revoke select (b) on t from lockstep_drift_writer; grant select (c) on t to lockstep_drift_writer with grant option',
      plan: [
        "revoke_privileges: Revoke select on table 't' (c) from lockstep_drift_writer",
        "grant_privileges: Grant select on table 't' (b) to lockstep_drift_writer with grant option",
      ],
    },
    {
      fields: ['parts'],
      change: 'revoke update (a), select (b) on t from lockstep_drift_writer',
      plan: [
        "grant_privileges: Grant update on table 't' (a) to lockstep_drift_writer",
        "grant_privileges: Grant select on table 't' (b) to lockstep_drift_writer with grant option",
      ],
    },
  ],
  never: {
    objectType: 'it is what the object is',
    grantee: 'it is part of the identity',
    'parts.schemaName': "it is the relation's",
    'parts.table': "it is the relation's",
  },
}
