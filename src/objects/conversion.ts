// What a change of type does to the rows: nothing, a rewrite, a possible failure, or a silent loss; and whether it needs USING.
import { parseType, type TypeName } from '../sql/types.js'

export interface Conversion {
  /** `free`: catalog only. `rewrite`: every value is kept. `may-fail`: values that do not fit stop it. `loses`: values may change silently. `unknown`: either. */
  readonly effect: 'free' | 'rewrite' | 'may-fail' | 'loses' | 'unknown'
  /** Not possible as an assignment: the statement needs a USING with an explicit cast. */
  readonly using: boolean
}

const integers = ['smallint', 'integer', 'bigint']
const numbers = [...integers, 'numeric', 'real', 'double precision']
const texts = ['char', 'bpchar', 'varchar', 'text']
const instants = ['date', 'timestamp', 'timestamptz']
const clocks = ['time', 'timetz', 'timestamp', 'timestamptz', 'interval']

/** Whatever the cast does: nothing is known of it. */
const unknown: Conversion = { effect: 'unknown', using: true }
const free: Conversion = { effect: 'free', using: false }
const assigned = (effect: Conversion['effect']): Conversion => ({ effect, using: false })

const modifiers = (type: TypeName): readonly number[] =>
  (type.modifiers ?? '').split(',').flatMap((text) => (/^\s*-?\d+\s*$/.test(text) ? [Number(text)] : []))
const longest = Number.MAX_SAFE_INTEGER

/** From one type to another, both as text that parseType understands. */
export function conversion(fromText: string, toText: string): Conversion {
  const from = parseType(fromText)
  const to = parseType(toText)
  if ((from.dimensions ?? 0) !== (to.dimensions ?? 0))
    return texts.includes(to.typeName) && !to.dimensions ? assigned('rewrite') : unknown
  if (from.schemaName === to.schemaName && from.typeName === to.typeName) return sameFamily(from, to)
  if (from.schemaName !== undefined || to.schemaName !== undefined) {
    if (texts.includes(to.typeName) && to.schemaName === undefined) return intoText(to, longest)
    // Into a type of the user's own, by text: it takes a value or refuses it.
    return to.schemaName !== undefined && (from.schemaName !== undefined || texts.includes(from.typeName))
      ? { effect: 'may-fail', using: true }
      : unknown
  }
  if (texts.includes(to.typeName))
    return intoText(to, texts.includes(from.typeName) ? textLength(from) : longest, texts.includes(from.typeName))
  if (numbers.includes(from.typeName) && numbers.includes(to.typeName)) return assigned(numeric(from, to))
  if (instants.includes(from.typeName) && instants.includes(to.typeName))
    // Between local times and instants the time zone decides: a run converts at UTC, the database may mean another one.
    return assigned(
      to.typeName === 'date' ||
        precision(from) > precision(to) ||
        (from.typeName === 'timestamptz') !== (to.typeName === 'timestamptz')
        ? 'loses'
        : 'rewrite',
    )
  if (from.typeName === 'jsonb' && to.typeName === 'json') return assigned('rewrite')
  if ((from.typeName === 'cidr' && to.typeName === 'inet') || (from.typeName === 'bit' && to.typeName === 'varbit'))
    return assigned('rewrite')
  return unknown
}

function sameFamily(from: TypeName, to: TypeName): Conversion {
  if ((from.modifiers ?? '') === (to.modifiers ?? '')) return free
  if (from.typeName === 'varchar') return textLength(to) >= textLength(from) ? free : assigned('may-fail')
  if (from.typeName === 'varbit')
    return (modifiers(to)[0] ?? longest) >= (modifiers(from)[0] ?? longest) ? free : assigned('may-fail')
  if (from.typeName === 'char' || from.typeName === 'bpchar' || from.typeName === 'bit')
    return assigned(textLength(to) >= textLength(from) ? 'rewrite' : 'may-fail')
  if (from.typeName === 'numeric') return numericModifiers(from, to)
  if (from.typeName === 'interval' && !sameFields(from, to)) return assigned('loses')
  if (clocks.includes(from.typeName)) return precision(to) >= precision(from) ? free : assigned('loses')
  return assigned('unknown')
}

/** `day to second` and the like. */
const sameFields = (from: TypeName, to: TypeName): boolean =>
  [from, to]
    .map(({ modifiers = '' }) => modifiers.replace(/\(?\d+\)?/g, ''))
    .every((fields, _index, [first]) => fields === first)

function numericModifiers(from: TypeName, to: TypeName): Conversion {
  const [precisionTo, scaleTo = 0] = modifiers(to)
  if (precisionTo === undefined) return free
  const [precisionFrom, scaleFrom = 0] = modifiers(from)
  if (precisionFrom === undefined || scaleTo < scaleFrom) return assigned('loses')
  if (precisionTo - scaleTo < precisionFrom - scaleFrom) return assigned('may-fail')
  return scaleTo === scaleFrom ? free : assigned('rewrite')
}

function numeric(from: TypeName, to: TypeName): Conversion['effect'] {
  const [a, b] = [integers.indexOf(from.typeName), integers.indexOf(to.typeName)]
  if (a >= 0 && b >= 0) return b > a ? 'rewrite' : 'may-fail'
  if (a >= 0)
    return to.typeName === 'numeric'
      ? to.modifiers === undefined
        ? 'rewrite'
        : 'may-fail'
      : to.typeName === 'double precision' && a < 2
        ? 'rewrite'
        : 'loses'
  if (
    from.typeName === 'real' &&
    (to.typeName === 'double precision' || (to.typeName === 'numeric' && to.modifiers === undefined))
  )
    return 'rewrite'
  return 'loses'
}

const textLength = (type: TypeName): number => modifiers(type)[0] ?? (type.typeName === 'char' ? 1 : longest)
const precision = (type: TypeName): number => (type.typeName === 'date' ? 0 : (modifiers(type)[0] ?? 6))

function intoText(to: TypeName, length: number, fromText = false): Conversion {
  if (to.typeName === 'text' || (to.typeName === 'varchar' && to.modifiers === undefined))
    return fromText ? free : assigned('rewrite')
  return assigned(textLength(to) >= length ? (fromText && to.typeName === 'varchar' ? 'free' : 'rewrite') : 'may-fail')
}
