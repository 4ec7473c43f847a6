import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createIndex('invoices', ['customer_id'], { name: 'invoices_open_idx', where: sql`status <> 'paid'` })
}
