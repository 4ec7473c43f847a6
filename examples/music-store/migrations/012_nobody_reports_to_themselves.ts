import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addCheck('employees', sql`reports_to <> id`, { name: 'employees_do_not_report_to_themselves' })
  await schema.comment({ table: 'employees', column: 'reports_to' }, 'Their manager; the head of the store has none')
}
