import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createEnum('invoice_status', ['draft', 'paid'])
}
