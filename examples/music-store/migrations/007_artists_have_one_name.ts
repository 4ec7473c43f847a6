import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createIndex('artists', [sql`lower(name)`], { unique: true, name: 'artists_name_key' })
}
