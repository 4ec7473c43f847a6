// lockstep check: exit 0 in step, 3 not; with --migrations also model against files and files against database.
import type { Plan } from '../../engine/plan.js'
import { painter } from '../../terminal/colors.js'
import { renderPlan } from '../../terminal/render.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { compareMigrations } from '../migrations/compare.js'
import {
  type PlanFlags,
  withCommon,
  withContext,
  withDesired,
  withScope,
  withTarget,
  withTimeouts,
} from '../options.js'
import { planDocument, presented, showPlan } from '../plan-document.js'
import { inWorkspace } from '../workspace.js'

interface CheckFlags extends PlanFlags {
  readonly migrations?: boolean
}

export const registerCheck: Register = (program, act) => {
  const command = program
    .command('check')
    .summary('is the database in step? exit 0 yes, 3 no')
    .description(
      'Compares the database with the model (or --desired) and changes nothing. Exit code 0: in step; 3: not.',
    )
  for (const add of [withTarget, withContext, withScope, withDesired, withTimeouts]) add(command)
  command.option('--migrations', 'also the model against what the migration files build, and that against the database')
  withCommon(command)
  command
    .addHelpText(
      'after',
      examples(
        'lockstep check',
        'lockstep check --env production --json',
        'lockstep check --desired schema.sql',
        'lockstep check --migrations',
      ),
    )
    .action(
      act<CheckFlags>(({ flags, output }) =>
        inWorkspace(flags, async (workspace) => {
          const plan = await (await workspace.manager(flags.desired)).plan()
          if (!flags.migrations) {
            await showPlan(plan, flags, output)
            return presented(plan).inStep ? exitCodes.done : exitCodes.refused
          }
          const { model, database, pending } = await compareMigrations(workspace)
          const document = {
            ...(planDocument(plan) as object),
            migrations: { model: planDocument(model), database: planDocument(database), pending },
          }
          output.result(document, (options) => {
            const paint = painter(options.color)
            const part = (title: string, one: Plan) => `${paint.bold(title)}\n${renderPlan(presented(one), options)}`
            return [
              part('Database against model', plan),
              part('Migrations against model (lockstep migration:generate writes what is missing)', model),
              part('Database against its applied migrations (drift)', database),
              ...(pending.length > 0 ? [`Pending: ${pending.join(', ')}`] : []),
            ].join('\n\n')
          })
          const inStep = [plan, model, database].every((one) => presented(one).inStep) && pending.length === 0
          return inStep ? exitCodes.done : exitCodes.refused
        }),
      ),
    )
}
