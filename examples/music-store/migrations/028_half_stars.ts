import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  // The view makes way and comes back.
  await schema.alterColumn('community.reviews', 'stars', { type: 'numeric(2,1)' })
}
