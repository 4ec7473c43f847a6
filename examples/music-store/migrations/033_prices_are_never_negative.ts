import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addCheck('tracks', sql`unit_price >= 0`, { name: 'tracks_cost_nothing_or_something' })
  await schema.alterColumn('tracks', 'unit_price', { type: 'numeric(12,2)', default: '1.29' })
}
