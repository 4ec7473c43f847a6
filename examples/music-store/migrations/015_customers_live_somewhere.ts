import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addColumn('customers', 'country', 'char(2)', (c) =>
    c.notNull().default('DE').comment('ISO 3166-1 alpha-2'),
  )
  await schema.renameColumn('customers', 'zip', 'postal_code')
}
