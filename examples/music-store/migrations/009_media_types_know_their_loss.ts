import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addColumn('media_types', 'lossless', 'boolean', (c) => c.notNull().default(false))
}
