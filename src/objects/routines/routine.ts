// A function or procedure as data, and what of it `create or replace` can change.
import type { Expression } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import type { TypeName } from '../../sql/types.js'
import type { FunctionReference } from '../routine-references.js'

export const routineKind = 'routine'

export type ArgumentMode = 'in' | 'out' | 'inout' | 'variadic' | 'table'

export interface Argument {
  readonly name: string | null
  /** `table`: a column of RETURNS TABLE. */
  readonly mode: ArgumentMode
  readonly type: TypeName
  readonly default: Expression | null
}

export interface Setting {
  readonly name: string
  /** More than one for settings that are lists (search_path). */
  readonly values: readonly string[]
}

export interface Routine {
  readonly schemaName: string
  readonly name: string
  readonly routineType: 'function' | 'procedure'
  readonly arguments: readonly Argument[]
  /** null for a procedure. */
  readonly returns: { readonly type: TypeName; readonly setOf: boolean } | null
  readonly language: string
  /** The text between the quotes, word for word; the link symbol of a C function; null where there is a statement. */
  readonly body: string | null
  /** The object file of a C function. */
  readonly library: string | null
  /** `return …` or `begin atomic … end`. */
  readonly statement: Expression | null
  readonly volatility: 'volatile' | 'stable' | 'immutable'
  readonly strict: boolean
  readonly securityDefiner: boolean
  readonly leakproof: boolean
  readonly window: boolean
  readonly parallel: 'unsafe' | 'restricted' | 'safe'
  /** null: PostgreSQL's default. */
  readonly cost: number | null
  readonly rows: number | null
  readonly support: FunctionReference | null
  readonly settings: readonly Setting[]
  readonly transforms: readonly TypeName[]
  readonly renamedFrom?: string
}

/** A routine as operations carry it. */
export type RoutineConfig = Omit<Routine, 'schemaName' | 'name' | 'renamedFrom'>

export const configOf = ({
  schemaName: _schema,
  name: _name,
  renamedFrom: _renamed,
  source: _source,
  ...config
}: Routine & { readonly source?: unknown }): RoutineConfig => config

const isInput = ({ mode }: Argument): boolean => mode === 'in' || mode === 'inout' || mode === 'variadic'
const isOutput = ({ mode }: Argument): boolean => mode === 'out' || mode === 'inout' || mode === 'table'

export const inputTypes = (routine: Pick<Routine, 'arguments'>): readonly TypeName[] =>
  routine.arguments.filter(isInput).map(({ type }) => type)

/** Columns of the record that it yields; a single value of a function has no name that matters. */
const outputs = (routine: RoutineConfig): readonly unknown[] => {
  const found = routine.arguments.filter(isOutput).map(({ name, type }) => ({ name, type }))
  return found.length > 1 || routine.routineType === 'procedure' ? found : []
}

/** What PostgreSQL's `create or replace` refuses: another result, names of arguments changed, defaults taken away. */
export function replaceable(current: RoutineConfig, desired: RoutineConfig): boolean {
  if (current.routineType !== desired.routineType || current.window !== desired.window) return false
  if (!sameData(current.returns, desired.returns) || !sameData(outputs(current), outputs(desired))) return false
  const [before, after] = [current.arguments.filter(isInput), desired.arguments.filter(isInput)]
  return before.every(
    ({ name, default: fallback }, index) =>
      (name === null || name === after[index]?.name) && (fallback === null || (after[index]?.default ?? null) !== null),
  )
}
