// What an enum type is.
export interface Enum {
  readonly schemaName: string
  readonly name: string
  readonly values: readonly string[]
  readonly renamedFrom?: string
  readonly renamedValues?: Readonly<Record<string, string>>
  /** Desired side only: removed value → the value that rows have instead. */
  readonly replacedValues?: Readonly<Record<string, string>>
}
