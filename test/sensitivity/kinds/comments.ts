// Comments: their text, on each kind of object.
import type { KindDrifts } from '../drift.js'

export const comments: KindDrifts = {
  kind: 'comment',
  setup: `
    create schema s;
    create extension citext;
    create type mood as enum ('a');
    create sequence numbers;
    create table t (a integer primary key, b integer check (b > 0), c integer references t);
    create index t_b on t (b);
    comment on schema s is 'first';
    comment on extension citext is 'first';
    comment on type mood is 'first';
    comment on sequence numbers is 'first';
    comment on table t is 'first';
    comment on column t.b is 'first';
    comment on constraint t_b_check on t is 'first';
    comment on constraint t_c_fkey on t is 'first';
    comment on index t_b is 'first';
    create type pair as (one integer);
    comment on column pair.one is 'first';`,
  drifts: [
    { fields: ['(missing)'], change: 'comment on table t is null', plan: ["set_comment: Comment on table 't'"] },
    {
      fields: ['(undeclared)'],
      change: "comment on column t.a is 'more'",
      plan: ["set_comment: Remove comment of column 't.a'"],
    },
    {
      fields: ['(undeclared)'],
      change: "comment on constraint t_pkey on t is 'more'",
      plan: ["set_comment: Remove comment of constraint 't.t_pkey'"],
    },
    {
      fields: ['(undeclared)'],
      change: "comment on index t_pkey is 'more'",
      plan: ["set_comment: Remove comment of index 't.t_pkey'"],
    },
    {
      fields: ['text'],
      change: "comment on column pair.one is 'second'",
      plan: ["set_comment: Comment on column 'pair.one'"],
    },
    { fields: ['text'], change: "comment on schema s is 'second'", plan: ["set_comment: Comment on schema 's'"] },
    {
      fields: ['text'],
      change: "comment on extension citext is 'second'",
      plan: ["set_comment: Comment on extension 'citext'"],
    },
    { fields: ['text'], change: "comment on type mood is 'second'", plan: ["set_comment: Comment on enum 'mood'"] },
    {
      fields: ['text'],
      change: "comment on sequence numbers is 'second'",
      plan: ["set_comment: Comment on sequence 'numbers'"],
    },
    { fields: ['text'], change: "comment on table t is 'second'", plan: ["set_comment: Comment on table 't'"] },
    { fields: ['text'], change: "comment on column t.b is 'second'", plan: ["set_comment: Comment on column 't.b'"] },
    {
      fields: ['text'],
      change: "comment on constraint t_b_check on t is 'second'",
      plan: ["set_comment: Comment on constraint 't.t_b_check'"],
    },
    {
      fields: ['text'],
      change: "comment on constraint t_c_fkey on t is 'second'",
      plan: ["set_comment: Comment on foreign-key 't.t_c_fkey'"],
    },
    { fields: ['text'], change: "comment on index t_b is 'second'", plan: ["set_comment: Comment on index 't.t_b'"] },
  ],
}
