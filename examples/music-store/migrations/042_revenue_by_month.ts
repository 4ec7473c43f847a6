import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  // An operation as `lockstep diff --json` prints it; its inverse is the way down.
  await schema.apply({
    type: 'create_view',
    schemaName: 'public',
    viewName: 'revenue_by_month',
    view: {
      query: {
        expression: `select date_trunc('month', issued_at) as month, sum(total) as revenue
          from invoices join invoice_lines on invoice_lines.invoice_id = invoices.id group by 1`,
      },
      securityBarrier: null,
      securityInvoker: null,
      checkOption: null,
    },
  })
}
