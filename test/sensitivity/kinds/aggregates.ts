// Aggregates: every parameter of CREATE AGGREGATE.
import type { KindDrifts } from '../drift.js'

/** The aggregate `total` with other parameters. */
const total = (more: string) =>
  `create or replace aggregate total(integer) (sfunc = int4_sum, stype = bigint${more === '' ? '' : `, ${more}`})`
const replaced = (what: string, fields: string) => [`alter_aggregate: Replace aggregate '${what}' (${fields})`]
const changed = (fields: string) => replaced('total(integer)', fields)
const again = (what: string) => [
  `drop_aggregate: Drop aggregate '${what}'`,
  `create_aggregate: Create aggregate '${what}'`,
]
const moving = (parameters: string) =>
  `create or replace aggregate moving(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, ${parameters})`
const average = 'msfunc = int8_avg_accum, minvfunc = int8_avg_accum_inv, mstype = internal'
const moved = (fields = 'moving') => replaced('moving(bigint)', fields)
const own = (parameters: string) => `create or replace aggregate own(integer) (${parameters})`
const usual =
  'sfunc = step, stype = integer, finalfunc = finish, msfunc = step, minvfunc = step, mstype = integer, mfinalfunc = finish'
const owned = (fields: string) => replaced('own(integer)', fields)

export const aggregates: KindDrifts = {
  kind: 'aggregate',
  setup: `
    create schema other;
    create type mood as enum ('low', 'high');
    create type other.mood as enum ('low', 'high');
    create function step(integer, integer) returns integer language sql immutable strict as 'select $1 + $2';
    create function other.step(integer, integer) returns integer language sql immutable strict as 'select $1 + $2';
    create function step2(integer, integer) returns integer language sql immutable strict as 'select $1 + $2';
    create function step(bigint, integer) returns bigint language sql immutable strict as 'select $1 + $2';
    create function finish(integer) returns integer language sql immutable strict as 'select $1';
    create function other.finish(integer) returns integer language sql immutable strict as 'select $1';
    create function finish2(integer) returns integer language sql immutable strict as 'select $1';
    create function mooded(mood, integer) returns mood language sql immutable as 'select $1';
    create function mooded(other.mood, integer) returns other.mood language sql immutable as 'select $1';
    create function dim(integer, integer) returns integer language sql immutable as 'select $1';
    create function dim(integer[], integer) returns integer[] language sql immutable as 'select $1';
    create function finish(integer, integer) returns integer language sql immutable as 'select 1';
    create function finish(bigint) returns integer language sql immutable as 'select 1';
    create operator other.< (leftarg = integer, rightarg = integer, function = int4lt);
    create aggregate total(integer) (sfunc = int4_sum, stype = bigint);
    create aggregate own(integer) (${usual});
    create aggregate moving(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, ${average}, mfinalfunc = numeric_poly_sum);
    create aggregate parallel_sum(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = int8_avg_deserialize);
    create aggregate smallest(integer) (sfunc = int4smaller, stype = integer, sortop = <);
    create aggregate lowest(integer) (sfunc = mooded, stype = mood);
    create aggregate alone(integer) (sfunc = step, stype = integer, initcond = '0');
    create aggregate dims(integer) (sfunc = dim, stype = integer[]);
    create aggregate combined(integer) (sfunc = step, stype = integer, combinefunc = step);
    create aggregate middle(double precision order by double precision) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
    create aggregate place(variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical);
    create aggregate several(variadic integer[]) (sfunc = array_cat, stype = integer[]);`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop aggregate total(integer)',
      plan: ["create_aggregate: Create aggregate 'total(integer)'"],
    },
    {
      fields: ['(undeclared)'],
      change: "create aggregate rows(*) (sfunc = int8inc, stype = bigint, initcond = '0')",
      plan: ["drop_aggregate: Drop aggregate 'rows(*)'"],
    },
    {
      fields: ['arguments.name'],
      change: 'drop aggregate total(integer); create aggregate total(a integer) (sfunc = int4_sum, stype = bigint)',
      plan: again('total(integer)'),
    },
    {
      fields: ['arguments.variadic'],
      change: 'create or replace aggregate several(integer[]) (sfunc = array_cat, stype = integer[])',
      plan: replaced('several(integer[])', 'arguments'),
    },
    {
      fields: ['transition.function.routineName'],
      change: own(usual.replace('step', 'step2')),
      plan: owned('transition'),
    },
    {
      fields: ['transition.function.schemaName'],
      change: own(usual.replace('step', 'other.step')),
      plan: owned('transition'),
    },
    {
      fields: ['transition.type.schemaName', 'transition.function.argumentTypes.schemaName'],
      change: 'drop aggregate lowest(integer); create aggregate lowest(integer) (sfunc = mooded, stype = other.mood)',
      plan: again('lowest(integer)'),
    },
    {
      fields: ['transition.type.typeName', 'transition.function.argumentTypes.typeName'],
      change:
        "drop aggregate alone(integer); create aggregate alone(integer) (sfunc = step, stype = bigint, initcond = '0')",
      plan: again('alone(integer)'),
    },
    {
      fields: ['transition.type.dimensions', 'transition.function.argumentTypes.dimensions'],
      change: 'drop aggregate dims(integer); create aggregate dims(integer) (sfunc = dim, stype = integer)',
      plan: again('dims(integer)'),
    },
    {
      fields: ['transition.final'],
      change:
        'create or replace aggregate smallest(integer) (sfunc = int4smaller, stype = integer, finalfunc = finish, sortop = <)',
      plan: again('smallest(integer)'),
    },
    {
      fields: ['transition.final.extra', 'transition.final.function.argumentTypes'],
      change: own(usual.replace('finalfunc = finish,', 'finalfunc = finish, finalfunc_extra,')),
      plan: again('own(integer)'),
    },
    { fields: ['transition.space'], change: total('sspace = 64'), plan: changed('transition') },
    { fields: ['transition.initial'], change: total("initcond = '7'"), plan: changed('transition') },
    {
      fields: ['transition.final.function.routineName'],
      change: own(usual.replace('finish', 'finish2')),
      plan: again('own(integer)'),
    },
    {
      fields: ['transition.final.function.schemaName'],
      change: own(usual.replace('finish', 'other.finish')),
      plan: again('own(integer)'),
    },
    { fields: ['transition.modify'], change: own(`${usual}, finalfunc_modify = shareable`), plan: owned('transition') },
    { fields: ['transition.modify'], change: total('finalfunc_modify = read_write'), plan: changed('transition') },
    { fields: ['parallel'], change: total('parallel = safe'), plan: changed('parallel') },
    {
      fields: ['combine.routineName'],
      change: 'create or replace aggregate combined(integer) (sfunc = step, stype = integer, combinefunc = step2)',
      plan: replaced('combined(integer)', 'combine'),
    },
    {
      fields: ['combine.schemaName'],
      change: 'create or replace aggregate combined(integer) (sfunc = step, stype = integer, combinefunc = other.step)',
      plan: replaced('combined(integer)', 'combine'),
    },
    {
      fields: ['serialize', 'deserialize'],
      change:
        'create or replace aggregate parallel_sum(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, combinefunc = int8_avg_combine)',
      plan: replaced('parallel_sum(bigint)', 'serialize, deserialize'),
    },
    {
      fields: ['serialize.routineName', 'deserialize.routineName'],
      change:
        'create or replace aggregate parallel_sum(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, combinefunc = int8_avg_combine, serialfunc = numeric_avg_serialize, deserialfunc = numeric_avg_deserialize)',
      plan: replaced('parallel_sum(bigint)', 'serialize, deserialize'),
    },
    { fields: ['combine'], change: total('combinefunc = int8pl'), plan: changed('combine') },
    {
      fields: ['sortOperator'],
      change: 'create or replace aggregate smallest(integer) (sfunc = int4smaller, stype = integer)',
      plan: replaced('smallest(integer)', 'sortOperator'),
    },
    {
      fields: ['sortOperator.operatorName'],
      change: 'create or replace aggregate smallest(integer) (sfunc = int4smaller, stype = integer, sortop = >)',
      plan: replaced('smallest(integer)', 'sortOperator'),
    },
    {
      fields: ['moving'],
      change:
        'create or replace aggregate moving(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum)',
      plan: moved(),
    },
    {
      fields: ['moving.space'],
      change: moving(`${average}, mfinalfunc = numeric_poly_sum, msspace = 9`),
      plan: moved(),
    },
    { fields: ['moving.initial'], change: own(`${usual}, minitcond = '1'`), plan: owned('moving') },
    {
      fields: ['moving.function.routineName'],
      change: own(usual.replace('msfunc = step', 'msfunc = step2')),
      plan: owned('moving'),
    },
    {
      fields: ['moving.function.schemaName'],
      change: own(usual.replace('msfunc = step', 'msfunc = other.step')),
      plan: owned('moving'),
    },
    {
      fields: ['moving.inverse.routineName'],
      change: own(usual.replace('minvfunc = step', 'minvfunc = step2')),
      plan: owned('moving'),
    },
    {
      fields: ['moving.inverse.schemaName'],
      change: own(usual.replace('minvfunc = step', 'minvfunc = other.step')),
      plan: owned('moving'),
    },
    {
      fields: ['moving.final.function.routineName'],
      change: own(usual.replace('mfinalfunc = finish', 'mfinalfunc = finish2')),
      plan: owned('moving'),
    },
    {
      fields: ['moving.final.function.schemaName'],
      change: own(usual.replace('mfinalfunc = finish', 'mfinalfunc = other.finish')),
      plan: owned('moving'),
    },
    {
      fields: ['moving.final.extra', 'moving.final.function.argumentTypes'],
      change: own(`${usual}, mfinalfunc_extra`),
      plan: owned('moving'),
    },
    {
      fields: [
        'moving.type.typeName',
        'moving.initial',
        'moving.function.argumentTypes.typeName',
        'moving.inverse.argumentTypes.typeName',
        'moving.final.function.argumentTypes.typeName',
      ],
      change: own(`${usual.replace('mstype = integer', 'mstype = bigint')}, minitcond = '0'`),
      plan: owned('moving'),
    },
    { fields: ['moving.modify'], change: own(`${usual}, mfinalfunc_modify = shareable`), plan: owned('moving') },
    {
      fields: ['form'],
      change:
        'drop aggregate place(variadic "any"); create aggregate place(variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra)',
      plan: again('place(any)'),
    },
  ],
  never: {
    directArguments: 'Its functions take as many arguments, and change with it.',
    'arguments.type.typeName': 'With other types it is another aggregate.',
    'arguments.type.dimensions': 'With other types it is another aggregate.',
    'combine.argumentTypes.typeName': 'It takes two states, and changes with their type.',
    'transition.final.function.argumentTypes.typeName': 'It takes the state, and changes with its type.',
    'serialize.argumentTypes.typeName': 'It takes a state of type internal.',
    'deserialize.argumentTypes.typeName': 'It takes bytea and internal.',
  },
}
