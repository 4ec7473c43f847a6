import type { MigrationContext } from 'lockstep-pg/migrations'

// The way down that is derived brings the column back, empty.
export async function up(schema: MigrationContext): Promise<void> {
  await schema.dropColumn('community.reviews', 'tags')
}
