// lockstep snapshot [source]: the schema as JSON.
import { DbSchemaManager } from '../../context/schema-manager.js'
import type { DesiredSource } from '../../context/sources.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { type TargetFlags, withCommon, withContext, withScope, withTarget } from '../options.js'
import { writeOut } from '../plan-document.js'
import { inWorkspace } from '../workspace.js'

export const registerSnapshot: Register = (program, act) => {
  const command = program
    .command('snapshot')
    .summary('the schema as JSON')
    .description(
      'Writes the schema of a source as JSON, for `--desired`, `diff`, or a look. Without a source: the target database.',
    )
    .argument('[source]', 'a URL, a .sql file or folder, a snapshot .json, model or empty')
  for (const add of [withTarget, withContext, withScope]) add(command)
  command.option('--out <file>', 'write it to a file')
  withCommon(command)
  command
    .addHelpText(
      'after',
      examples(
        'lockstep snapshot --out schema.json',
        'lockstep snapshot model',
        'lockstep snapshot postgres://localhost/app --schemas public',
      ),
    )
    .action(
      act<TargetFlags & { readonly out?: string }>(({ flags, output, operands: [text] }) =>
        inWorkspace(flags, async (workspace) => {
          const [source] = (
            text === undefined ? [workspace.targetSource()] : await workspace.sources(text)
          ) as readonly [DesiredSource]
          const client = source.type === 'database' ? source.client : workspace.anyDatabase()
          const snapshot = await new DbSchemaManager(client, source, workspace.settings.schema).desiredSnapshot()
          const json = `${JSON.stringify(snapshot, null, 2)}\n`
          if (flags.out !== undefined) await writeOut(flags.out, json, output)
          if (flags.out === undefined || flags.json) output.text(json)
          return exitCodes.done
        }),
      ),
    )
}
