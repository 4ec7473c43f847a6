import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.alterColumn('employees', 'title', { type: 'varchar(60)' })
  await schema.alterColumn('customers', 'postal_code', { type: 'varchar(12)' })
}
