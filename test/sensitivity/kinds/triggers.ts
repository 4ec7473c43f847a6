// Triggers: timing, events, condition, transition tables, constraint triggers, whether they fire.
import type { KindDrifts } from '../drift.js'

const replace = (definition: string) => `create or replace trigger ${definition}`
const replaced = (name: string, fields: string) => [`alter_trigger: Replace trigger '${name}' (${fields})`]
const deferring = (definition: string) =>
  `drop trigger checked on t; create constraint trigger checked after insert on t ${definition} for each row execute function one()`
const checked = [
  "drop_trigger: Drop trigger 't.checked'",
  "create_trigger: Create constraint trigger 't.checked' (after insert, for each row) → one",
]

export const triggers: KindDrifts = {
  kind: 'trigger',
  setup: `
    create schema other;
    create table t (a integer, b integer, c text);
    create table o (a integer);
    create table other.o (a integer);
    create table p (a integer);
    create view v as select a, b from t;
    create function one() returns trigger language plpgsql as 'begin return new; end';
    create function two() returns trigger language plpgsql as 'begin return new; end';
    create function other.one() returns trigger language plpgsql as 'begin return new; end';
    create trigger plain before insert on t for each row execute function one();
    create trigger columns before update of a, b on t for each row execute function one('x', 'a''b\\c');
    create trigger conditional before update on t for each row when (old.a is distinct from new.a) execute function one();
    create trigger rows after update on t referencing old table as before new table as now for each statement execute function one();
    create trigger emptied after truncate on t for each statement execute function one();
    create trigger inside instead of insert or update on v for each row execute function one();
    create trigger sleeping after insert on t for each row execute function one();
    alter table t disable trigger sleeping;
    create constraint trigger checked after insert on t for each row execute function one();
    create constraint trigger linked after insert on t from o for each row execute function one();
    create constraint trigger late after insert on t deferrable initially immediate for each row execute function one();
    create table parted (a integer) partition by list (a);
    create table part partition of parted for values in (1);
    create table piece partition of parted for values in (2);
    create table other.part partition of parted for values in (3);
    create trigger shared after insert on parted for each row execute function one();
    alter table part disable trigger shared;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop trigger plain on t',
      plan: ["create_trigger: Create trigger 't.plain' (before insert, for each row) → one"],
    },
    {
      fields: ['(undeclared)'],
      change: 'create trigger more after delete on t for each row execute function one()',
      plan: ["drop_trigger: Drop trigger 't.more'"],
    },
    {
      fields: ['timing'],
      change: replace('plain after insert on t for each row execute function one()'),
      plan: replaced('t.plain', 'timing'),
    },
    {
      fields: ['events'],
      change: replace('plain before insert or delete on t for each row execute function one()'),
      plan: replaced('t.plain', 'events'),
    },
    {
      fields: ['events'],
      change: replace('inside instead of insert on v for each row execute function one()'),
      plan: replaced('v.inside', 'events'),
    },
    {
      fields: ['columns'],
      change: replace("columns before update of b on t for each row execute function one('x', 'a''b\\c')"),
      plan: replaced('t.columns', 'columns'),
    },
    {
      fields: ['columns'],
      change: replace("columns before update on t for each row execute function one('x', 'a''b\\c')"),
      plan: replaced('t.columns', 'columns'),
    },
    {
      fields: ['forEach'],
      change: replace('plain before insert on t for each statement execute function one()'),
      plan: replaced('t.plain', 'forEach'),
    },
    {
      fields: ['when.expression'],
      change: replace(
        'conditional before update on t for each row when (old.b is distinct from new.b) execute function one()',
      ),
      plan: replaced('t.conditional', 'when'),
    },
    {
      fields: ['when'],
      change: replace('conditional before update on t for each row execute function one()'),
      plan: replaced('t.conditional', 'when'),
    },
    {
      fields: ['when'],
      change: replace(
        "plain before insert on t for each row when (new.c = ') execute function two(') execute function one()",
      ),
      plan: replaced('t.plain', 'when'),
    },
    {
      fields: ['oldTable'],
      change: replace(
        'rows after update on t referencing old table as gone new table as now for each statement execute function one()',
      ),
      plan: replaced('t.rows', 'oldTable'),
    },
    {
      fields: ['newTable'],
      change: replace(
        'rows after update on t referencing old table as before for each statement execute function one()',
      ),
      plan: replaced('t.rows', 'newTable'),
    },
    {
      fields: ['function.routineName'],
      change: replace('plain before insert on t for each row execute function two()'),
      plan: replaced('t.plain', 'function'),
    },
    {
      fields: ['function.schemaName'],
      change: replace('plain before insert on t for each row execute function other.one()'),
      plan: replaced('t.plain', 'function'),
    },
    {
      fields: ['arguments'],
      change: replace("columns before update of a, b on t for each row execute function one('x')"),
      plan: replaced('t.columns', 'arguments'),
    },
    {
      fields: ['constraint'],
      change: 'drop trigger checked on t; create trigger checked after insert on t for each row execute function one()',
      plan: checked,
    },
    { fields: ['constraint.deferrable'], change: deferring('deferrable'), plan: checked },
    {
      fields: ['constraint.initiallyDeferred'],
      change:
        'drop trigger late on t; create constraint trigger late after insert on t deferrable initially deferred for each row execute function one()',
      plan: [
        "drop_trigger: Drop trigger 't.late'",
        "create_trigger: Create constraint trigger 't.late' (after insert, for each row) → one",
      ],
    },
    { fields: ['constraint.from'], change: deferring('from p'), plan: checked },
    ...(['p', 'other.o'] as const).map((from) => ({
      fields: [from === 'p' ? 'constraint.from.table' : 'constraint.from.schemaName'],
      change: `drop trigger linked on t; create constraint trigger linked after insert on t from ${from} for each row execute function one()`,
      plan: [
        "drop_trigger: Drop trigger 't.linked'",
        "create_trigger: Create constraint trigger 't.linked' (after insert, for each row) → one",
      ],
    })),
    {
      fields: ['partitions'],
      change: 'alter table part enable trigger shared',
      plan: ["alter_trigger: Enable trigger 'parted.shared' ('part': disabled)"],
    },
    {
      fields: ['partitions.table'],
      change: 'alter table part enable trigger shared; alter table piece disable trigger shared',
      plan: ["alter_trigger: Enable trigger 'parted.shared' ('part': disabled)"],
    },
    {
      fields: ['partitions.schemaName'],
      change: 'alter table part enable trigger shared; alter table other.part disable trigger shared',
      plan: ["alter_trigger: Enable trigger 'parted.shared' ('part': disabled)"],
    },
    {
      fields: ['partitions.enabled'],
      change: 'alter table part enable always trigger shared',
      plan: ["alter_trigger: Enable trigger 'parted.shared' ('part': disabled)"],
    },
    {
      fields: ['enabled'],
      change: 'alter table t disable trigger plain',
      plan: ["alter_trigger: Enable trigger 't.plain'"],
    },
    {
      fields: ['enabled'],
      change: 'alter table t enable replica trigger sleeping',
      plan: ["alter_trigger: Disable trigger 't.sleeping'"],
    },
    {
      fields: ['enabled'],
      change: 'alter table t enable always trigger checked',
      plan: ["alter_trigger: Enable trigger 't.checked'"],
    },
    {
      fields: ['timing', 'enabled'],
      change: replace('sleeping before insert on t for each row execute function one()'),
      plan: replaced('t.sleeping', 'timing, enabled'),
    },
  ],
  never: {
    'function.argumentTypes': 'A trigger function takes no arguments.',
  },
}
