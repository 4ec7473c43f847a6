// Lists over varchar: PostgreSQL prints them so that they read as others.
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
