import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.alterTable('customers', (t) => {
    t.addColumn('deleted_at', 'timestamptz')
    t.index([sql`lower(email)`], { unique: true, where: sql`deleted_at is null`, name: 'customers_email_key' })
  })
}
