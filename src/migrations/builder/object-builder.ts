// Schemas, extensions, enums, sequences and comments, by a method each.
import type { Operation } from '../operations.js'
import { BaseBuilder, type Change } from './base-builder.js'
import { emptyModel } from './declared.js'
import { changed, commented, find } from './edits.js'

/** Options of createSequence(). */
export interface SequenceInput {
  readonly dataType?: 'smallint' | 'integer' | 'bigint'
  readonly start?: number | bigint | string
  readonly increment?: number | bigint | string
  readonly minValue?: number | bigint | string
  readonly maxValue?: number | bigint | string
  readonly cache?: number | bigint | string
  readonly cycle?: boolean
  /** `table.column`, or `schema.table.column`. */
  readonly ownedBy?: string
}

export class ObjectBuilder extends BaseBuilder {
  createSchema(name: string): Change {
    return this.creating(`createSchema('${name}')`, () => ({ ...emptyModel(this.defaultSchema), schemas: [{ name }] }))
  }
  dropSchema(name: string): Change {
    return this.dropping(`dropSchema('${name}')`, ['schema'], { name })
  }
  createExtension(name: string, options: { readonly schema?: string; readonly version?: string } = {}): Change {
    const { schema, version } = options
    return this.creating(`createExtension('${name}')`, () => ({
      ...emptyModel(this.defaultSchema),
      extensions: [
        {
          name,
          ...(schema === undefined ? {} : { schemaName: schema }),
          ...(version === undefined ? {} : { version }),
        },
      ],
    }))
  }
  dropExtension(name: string): Change {
    return this.dropping(`dropExtension('${name}')`, ['extension'], { name })
  }

  /** @example await schema.createEnum('order_status', ['pending', 'done']) */
  createEnum(name: string, values: readonly string[]): Change {
    const place = this.place(name)
    return this.creating(`createEnum('${name}')`, () => ({
      ...emptyModel(this.defaultSchema),
      enums: [{ ...place, values }],
    }))
  }
  dropEnum(name: string): Change {
    return this.dropping(`dropEnum('${name}')`, ['enum'], this.place(name))
  }
  renameEnum(name: string, newName: string): Change {
    const { schemaName, name: enumName } = this.place(name)
    return this.apply({ type: 'rename_enum', schemaName, enumName, newName } as Operation)
  }
  /** At the end, or beside another one. PostgreSQL lets nobody use it before the migration has committed. */
  addEnumValue(
    name: string,
    value: string,
    beside: { readonly before?: string; readonly after?: string } = {},
  ): Change {
    const place = this.place(name)
    return this.changing(`addEnumValue('${name}', '${value}')`, (state) => {
      const entry = find(state, ['enum'], place)
      const values = [...(entry.object as unknown as { values: readonly string[] }).values]
      const at =
        beside.before !== undefined
          ? values.indexOf(beside.before)
          : beside.after !== undefined
            ? values.indexOf(beside.after) + 1
            : values.length
      values.splice(at < 0 ? values.length : at, 0, value)
      return changed(state, entry, { values })
    })
  }
  renameEnumValue(name: string, from: string, to: string): Change {
    const { schemaName, name: enumName } = this.place(name)
    return this.apply({ type: 'rename_enum_value', schemaName, enumName, from, to } as Operation)
  }
  /** All values as they shall be; removed or reordered ones make the type anew, and its columns move over. */
  setEnumValues(name: string, values: readonly string[]): Change {
    const place = this.place(name)
    return this.changing(`setEnumValues('${name}')`, (state) =>
      changed(state, find(state, ['enum'], place), { values }),
    )
  }

  createSequence(name: string, options: SequenceInput = {}): Change {
    const place = this.place(name)
    const { ownedBy, dataType, cycle, ...numbers } = options
    const [column = '', table = '', schema] = (ownedBy ?? '').split('.').reverse()
    return this.creating(`createSequence('${name}')`, () => ({
      ...emptyModel(this.defaultSchema),
      sequences: [
        {
          ...place,
          ...(dataType === undefined ? {} : { dataType }),
          ...(cycle === undefined ? {} : { cycle }),
          ...Object.fromEntries(Object.entries(numbers).map(([field, value]) => [field, String(value)])),
          ...(ownedBy === undefined ? {} : { ownedBy: { schemaName: schema ?? place.schemaName, table, column } }),
        },
      ],
    }))
  }
  dropSequence(name: string): Change {
    return this.dropping(`dropSequence('${name}')`, ['sequence'], this.place(name))
  }

  /** On a table, or on a column of it; null removes it. */
  comment(on: string | { readonly table: string; readonly column: string }, text: string | null): Change {
    const place = this.place(typeof on === 'string' ? on : on.table)
    const what = typeof on === 'string' ? on : `${on.table}.${on.column}`
    return this.changing(`comment('${what}')`, (state) => {
      const entry =
        typeof on === 'string'
          ? find(state, ['table'], place)
          : find(state, ['column'], { schemaName: place.schemaName, table: place.name, name: on.column })
      return commented(state, entry, text)
    })
  }
}
