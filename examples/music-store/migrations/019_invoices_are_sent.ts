import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addEnumValue('invoice_status', 'sent', { after: 'draft' })
}
