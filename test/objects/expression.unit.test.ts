// Lists over varchar, and BETWEEN at the head of a list: PostgreSQL prints them so that they read as others.
import { expect, test } from 'vitest'
import { expression, restored } from '../../src/sql/expression.js'

const printed = `(((s)::text = ANY ((ARRAY['a'::character varying, 'it''s, '::character varying, E'b\\\\c'::character varying, NULL::character varying])::text[])))`

test.each([
  [
    printed,
    `(((s)::text = ANY (ARRAY['a'::character varying, 'it''s, '::character varying, E'b\\\\c'::character varying, NULL::character varying])))`,
    `(((s)::text = ANY (ARRAY[('a'::character varying)::text, ('it''s, '::character varying)::text, (E'b\\\\c'::character varying)::text, (NULL::character varying)::text])))`,
  ],
  [
    `s::text <> ALL (ARRAY['a'::character varying]::text[])`,
    `s::text <> ALL (ARRAY['a'::character varying])`,
    `s::text <> ALL (ARRAY['a'::character varying::text])`,
  ],
])('%s', (text, given, after) => {
  expect(expression(text).text).toBe(given)
  expect(restored(text)).toBe(after)
  expect(restored(after)).toBe(after)
})

test.each([
  `s = ANY ((ARRAY['a'::text, 'b'::text])::text[])`,
  `s = ANY ((ARRAY['a'::character varying, other])::text[])`,
  `word = ' ANY ((ARRAY[''a''::character varying])::text[])'`,
  `join((ARRAY['a'::character varying])::text[])`,
])('stays as it is: %s', (text) => {
  expect(expression(text).text).toBe(text)
  expect(restored(text)).toBe(text)
})

test.each([
  [`(((a >= 1) AND (a <= 9)) AND b)`, `(((a) BETWEEN (1) AND (9)) AND b)`],
  [`(((a < 1) OR (a > 9)) OR b)`, `(((a) NOT BETWEEN (1) AND (9)) OR b)`],
  [
    `(NOT (((length((b || ' >= '::text)) >= '-1'::integer) AND (length((b || ' >= '::text)) <=\nCASE\n    WHEN c THEN 1\nEND)) AND (d > 0)))`,
    `(NOT (((length((b || ' >= '::text))) BETWEEN ('-1'::integer) AND (CASE\n    WHEN c THEN 1\nEND)) AND (d > 0)))`,
  ],
  [
    `((("a (" >= ( SELECT x WHERE (((y >= 1) AND (y <= 2)) AND z))) AND ("a (" <= 'q)'::text)) AND c)`,
    `((("a (") BETWEEN (( SELECT x WHERE (((y) BETWEEN (1) AND (2)) AND z))) AND ('q)'::text)) AND c)`,
  ],
])('BETWEEN: %s', (text, given) => {
  expect(expression(text).text).toBe(given)
})

test.each([
  `((a >= 1) AND (a <= 9) AND b)`,
  `(b AND ((a >= 1) AND (a <= 9)))`,
  `(((a >= 1) AND (c <= 9)) AND b)`,
  `(((a >= 1) AND (a <= 9)) OR b)`,
  `(((a >= 1) OR (a <= 9)) OR b)`,
  `(((a >= ANY (c)) AND (a <= 9)) AND b)`,
  `(f((a >= 1)) AND b)`,
  `('(((a >= 1) AND (a <= 9)) AND b)'::text = c)`,
])('no BETWEEN: %s', (text) => {
  expect(expression(text).text).toBe(text)
})
