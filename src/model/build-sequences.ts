// Sequences of a model: declared ones, and those of serial columns.
import { textOf } from './build-columns.js'
import type { BuiltTable } from './built-table.js'
import type { Named, SequenceOptions } from './model-builder.js'
import type { SequenceConfig } from './model-config.js'
import { ownedSequenceName } from './naming.js'
import type { TakenNames } from './taken-names.js'

/** Those of serial columns. */
export function serialSequences(table: BuiltTable, names: TakenNames): readonly SequenceConfig[] {
  return [...table.columns.values()]
    .filter(({ type, config, of }) => !of && type.more.serial && !config.ignore.includes('*'))
    .map(({ type, config }) => {
      const name = names.relation(table, undefined, (suffix) => ownedSequenceName(table.name, config.name, suffix))
      return {
        schemaName: table.schemaName,
        name,
        dataType: type.sql as 'smallint' | 'integer' | 'bigint',
        ownedBy: { schemaName: table.schemaName, table: table.name, column: config.name },
        ...(config.source ? { source: config.source } : {}),
      }
    })
}

export function sequenceOf(
  { name, options, source }: Named<SequenceOptions>,
  defaultSchema: string,
  names: TakenNames,
): SequenceConfig {
  const schemaName = options.schema ?? defaultSchema
  names.takeRelation(schemaName, name, `the sequence '${name}'`, { property: name, source })
  const numbers = {
    start: options.start,
    increment: options.increment,
    minValue: options.minValue,
    maxValue: options.maxValue,
    cache: options.cache,
  }
  return {
    schemaName,
    name,
    ...(options.dataType === undefined ? {} : { dataType: options.dataType }),
    ...Object.fromEntries(
      Object.entries(numbers).flatMap(([field, value]) => (value === undefined ? [] : [[field, textOf(value)]])),
    ),
    ...(options.cycle === undefined ? {} : { cycle: options.cycle }),
    ...(options.ownedBy === undefined
      ? {}
      : {
          ownedBy: {
            schemaName: options.ownedBy.schema ?? schemaName,
            table: options.ownedBy.table,
            column: options.ownedBy.column,
          },
        }),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom }),
    source,
  }
}
