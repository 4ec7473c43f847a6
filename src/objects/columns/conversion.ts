// What a change of type does to the rows: nothing, a rewrite, a possible failure, or a silent loss; and whether it needs USING.
import { parseType, type TypeName } from '../../sql/types.js'

export interface Conversion {
  /** `free`: catalog only. `rewrite`: every value is kept. `may-fail`: values that do not fit stop it. `loses`: values change silently. */
  readonly effect: 'free' | 'rewrite' | 'may-fail' | 'loses'
  /** Not possible as an assignment: the statement needs a USING with an explicit cast. */
  readonly using: boolean
}

const integers = ['smallint', 'integer', 'bigint']
const numbers = [...integers, 'numeric', 'real', 'double precision']
const texts = ['char', 'bpchar', 'varchar', 'text']
const instants = ['date', 'timestamp', 'timestamptz']
const clocks = ['time', 'timetz', 'timestamp', 'timestamptz', 'interval']

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
    return texts.includes(to.typeName) && !to.dimensions ? assigned('rewrite') : { effect: 'may-fail', using: true }
  if (from.schemaName === to.schemaName && from.typeName === to.typeName) return sameFamily(from, to)
  if (from.schemaName !== undefined || to.schemaName !== undefined)
    return texts.includes(to.typeName) && to.schemaName === undefined
      ? intoText(to, longest)
      : { effect: 'may-fail', using: true }
  if (texts.includes(to.typeName))
    return intoText(to, texts.includes(from.typeName) ? textLength(from) : longest, texts.includes(from.typeName))
  if (numbers.includes(from.typeName) && numbers.includes(to.typeName)) return assigned(numeric(from, to))
  if (instants.includes(from.typeName) && instants.includes(to.typeName))
    return assigned(to.typeName === 'date' || precision(from) > precision(to) ? 'loses' : 'rewrite')
  if (from.typeName === 'timestamp' && to.typeName === 'time') return assigned('loses')
  if (from.typeName === 'json' && to.typeName === 'jsonb') return assigned('rewrite')
  if (from.typeName === 'jsonb' && to.typeName === 'json') return assigned('rewrite')
  if ((from.typeName === 'cidr' && to.typeName === 'inet') || (from.typeName === 'bit' && to.typeName === 'varbit'))
    return assigned('rewrite')
  return { effect: 'may-fail', using: true }
}

function sameFamily(from: TypeName, to: TypeName): Conversion {
  if ((from.modifiers ?? '') === (to.modifiers ?? '')) return free
  if (from.typeName === 'varchar') return textLength(to) >= textLength(from) ? free : assigned('may-fail')
  if (from.typeName === 'varbit')
    return (modifiers(to)[0] ?? longest) >= (modifiers(from)[0] ?? longest) ? free : assigned('may-fail')
  if (from.typeName === 'char' || from.typeName === 'bpchar' || from.typeName === 'bit')
    return assigned(textLength(to) >= textLength(from) ? 'rewrite' : 'may-fail')
  if (from.typeName === 'numeric') return numericModifiers(from, to)
  if (clocks.includes(from.typeName)) return precision(to) >= precision(from) ? free : assigned('loses')
  return assigned('may-fail')
}

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
