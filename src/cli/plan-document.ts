// The plan and the report as the JSON that scripts parse, and the plan in the format that flags ask for.
import { writeFile } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import type { MigrateReport } from '../context/options.js'
import type { Plan } from '../engine/plan.js'
import { RefusedError, UsageError } from '../errors.js'
import { printable } from '../terminal/printable.js'
import { renderPlan } from '../terminal/render.js'
import { errorDocument } from '../terminal/render-error.js'
import { renderMarkdown } from '../terminal/render-markdown.js'
import { renderSql } from '../terminal/render-script.js'
import type { PlanFlags } from './options.js'
import type { Output } from './output.js'

/** For people and scripts: in step only where nothing is blocked either; source files relative to the working directory. */
export function presented(plan: Plan, cwd: string = process.cwd()): Plan {
  return {
    ...plan,
    inStep: plan.inStep && plan.blocked.length === 0,
    steps: plan.steps.map((step) => {
      if (!step.source || !isAbsolute(step.source.file)) return step
      const file = relative(cwd, step.source.file)
      return { ...step, source: { ...step.source, file: file.startsWith('..') ? step.source.file : file } }
    }),
  }
}

/** The document of `plan`, `diff` and `check`: `applied` is null. */
export const planDocument = (plan: Plan): unknown => ({ ...json(plan), applied: null })

/** `measured` is null until risks are measured; how it is measured is nobody's business. */
function json(plan: Plan) {
  const shown = presented(plan)
  const steps = shown.steps.map((step) => ({
    ...step,
    risks: step.risks.map(({ level, code, reason, measured }) => ({ level, code, reason, measured: measured ?? null })),
  }))
  return { ...shown, steps }
}

/** The document of `migrate`, `create` and `drop`: the plan that was applied, and what became of each step. */
export function reportDocument({ plan, inStep, ...applied }: MigrateReport): unknown {
  return { ...json(plan), inStep: inStep && plan.blocked.length === 0, applied }
}

/** The document of an error; the plan that a refusal carries looks like every other. */
export function failureDocument(error: unknown, verbose: boolean): unknown {
  const plan = error instanceof RefusedError ? (error.details?.plan as Plan | undefined) : undefined
  const document = errorDocument(error, { verbose }) as { readonly error: object }
  return plan ? { ...document, error: { ...document.error, plan: planDocument(plan) } } : document
}

/**
 * Writes a plan as flags say: to stdout for people, as JSON, SQL or Markdown; with --out the chosen format goes to the file
 * and people read the plan on stdout.
 */
export async function showPlan(plan: Plan, flags: PlanFlags, output: Output): Promise<void> {
  const shown = presented(plan)
  const format = flags.sql ? renderSql(shown) : flags.markdown ? renderMarkdown(shown) : undefined
  if (flags.out !== undefined) {
    await writeOut(flags.out, format ?? `${JSON.stringify(planDocument(plan), null, 2)}\n`, output)
    return output.result(planDocument(plan), (options) => renderPlan(shown, options))
  }
  if (format !== undefined) return output.text(format)
  output.result(planDocument(plan), (options) => renderPlan(shown, options))
}

/** Writes a file that the user named; an existing one is replaced. @throws UsageError USAGE where it cannot be written */
export async function writeOut(file: string, text: string, output: Output): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError('USAGE', `${file} cannot be written (${code ?? String(error)}).`, { cause: error })
  }
  output.note(`Wrote ${printable(file)}.`)
}
