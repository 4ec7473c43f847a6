// Enums of a model: each once, with labels that PostgreSQL can hold.
import { schemaOfEnum } from './build-columns.js'
import type { EnumDefinition } from './column-types.js'
import type { Issues, Place } from './issues.js'
import type { EnumConfig } from './model-config.js'
import { maxNameBytes } from './naming.js'
import type { TakenNames } from './taken-names.js'

export function buildEnums(
  definitions: ReadonlySet<EnumDefinition>,
  defaultSchema: string,
  names: TakenNames,
  issues: Issues,
): readonly EnumConfig[] {
  const found = new Map<string, EnumConfig>()
  for (const definition of definitions) {
    const schemaName = schemaOfEnum(definition, defaultSchema)
    const place: Place = { property: definition.name, source: definition.source }
    const known = found.get(`${schemaName}\0${definition.name}`)
    if (known) {
      if (known.values.join('\0') !== definition.values.join('\0'))
        issues.add(
          'ENUM_CONFLICT',
          place,
          `The enum '${definition.name}' is declared twice with different labels.`,
          'Declare it once and use that constant everywhere.',
        )
      continue
    }
    checkLabels(definition, place, issues)
    names.takeType(schemaName, definition.name, `the enum '${definition.name}'`, place)
    found.set(`${schemaName}\0${definition.name}`, {
      schemaName,
      name: definition.name,
      values: [...definition.values],
      ...(definition.renamed === undefined ? {} : { renamedValues: definition.renamed }),
      ...(definition.replaced === undefined ? {} : { replacedValues: definition.replaced }),
      ...(definition.renamedFrom === undefined ? {} : { renamedFrom: definition.renamedFrom }),
      ...(definition.comment === undefined ? {} : { comment: definition.comment }),
      ...(definition.source === undefined ? {} : { source: definition.source }),
    })
  }
  return [...found.values()]
}

function checkLabels({ name, values, renamed, replaced }: EnumDefinition, place: Place, issues: Issues): void {
  const wrong = (message: string, hint: string) =>
    issues.add('ENUM_LABELS', place, `The enum '${name}' ${message}`, hint)
  if (values.length === 0) wrong('has no labels.', 'Give it at least one.')
  for (const label of new Set(values)) {
    if (values.filter((one) => one === label).length > 1)
      wrong(`has the label '${label}' more than once.`, 'Remove the repetition.')
    if (label === '' || label.includes('\0') || Buffer.byteLength(label) > maxNameBytes)
      wrong(
        `has the label '${label}', which is empty, longer than ${maxNameBytes} bytes, or contains NUL.`,
        'Choose another label.',
      )
  }
  for (const [now, before] of Object.entries(renamed ?? {})) {
    if (values.includes(before))
      wrong(
        `says that '${before}' was renamed to '${now}', but '${before}' is still among its labels.`,
        'Labels cannot be swapped in one step: rename one to a third name, migrate, then rename again.',
      )
    if (!values.includes(now))
      wrong(
        `says that '${before}' was renamed to '${now}', which is not among its labels.`,
        '`renamed` maps each new label to the one it had.',
      )
  }
  for (const [gone, instead] of Object.entries(replaced ?? {})) {
    if (values.includes(gone))
      wrong(
        `says what stands for '${gone}', which is still among its labels.`,
        '`replaced` maps labels that were removed.',
      )
    if (!values.includes(instead))
      wrong(
        `says that '${instead}' stands for '${gone}', but '${instead}' is not among its labels.`,
        '`replaced` maps each removed label to one that is there.',
      )
  }
}
