// What a run did, for people or as JSON.
import type { MigrateReport } from '../context/options.js'
import { renderPlan, renderReport } from '../terminal/render.js'
import type { Output } from './output.js'
import { presented, reportDocument } from './plan-document.js'

/** Shows a report; true where the database is in step now, with nothing blocked. */
export function showReport(report: MigrateReport, output: Output): boolean {
  output.result(reportDocument(report), (options) => peopleRead(report, options))
  return report.inStep && report.plan.blocked.length === 0
}

/** A run without steps showed no plan: what blocks it has to be said here. */
export function peopleRead(report: MigrateReport, options: Output['forResult']): string {
  const inStep = report.inStep && report.plan.blocked.length === 0
  const plan = presented(report.plan)
  if (report.steps.length === 0 && plan.blocked.length > 0)
    return [renderPlan(plan, options), ...report.notes.map((note) => `Note: ${note}`)].join('\n')
  return renderReport({ ...report, inStep }, options)
}
