// lockstep diff <from> <to>: the operations that turn one source into another.
import { diffSources } from '../../context/diff-sources.js'
import type { DesiredSource } from '../../context/sources.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { type PlanFlags, withCommon, withContext, withFormats, withScope, withTarget } from '../options.js'
import { showPlan } from '../plan-document.js'
import { inWorkspace } from '../workspace.js'

const sources = 'a URL, a .sql file or folder, a snapshot .json, model or empty'

export const registerDiff: Register = (program, act) => {
  const command = program
    .command('diff')
    .summary('the operations that turn <from> into <to>')
    .description(
      'Shows the operations that turn <from> into <to>. Neither is changed; --url names a server where SQL files are built in a scratch database (else PGlite).',
    )
    .argument('<from>', sources)
    .argument('<to>', sources)
  for (const add of [withTarget, withContext, withScope, withFormats, withCommon]) add(command)
  command
    .addHelpText(
      'after',
      examples(
        'lockstep diff postgres://localhost/app model',
        'lockstep diff old.sql new.sql --sql',
        'lockstep diff schema.json postgres://localhost/app --json',
        'lockstep diff empty model --sql --out schema.sql',
      ),
    )
    .action(
      act<PlanFlags>(({ flags, output, operands: [from = '', to = ''] }) =>
        inWorkspace(flags, async (workspace) => {
          const [before, after] = (await workspace.sources(from, to)) as readonly [DesiredSource, DesiredSource]
          const client = workspace.settings.url === undefined ? undefined : workspace.target()
          const plan = await diffSources(before, after, { undeclared: 'drop', ...workspace.settings.schema, client })
          await showPlan(plan, flags, output)
          return exitCodes.done
        }),
      ),
    )
}
