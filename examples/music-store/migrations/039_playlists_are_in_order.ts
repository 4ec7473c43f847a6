import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.renameTable('playlist_tracks', 'playlist_entries')
  await schema.renameConstraint('playlist_entries', 'playlist_tracks_pkey', 'playlist_entries_pkey')
  await schema.addColumn('playlist_entries', 'position', 'integer', (c) => c.notNull().default(0))
  await schema.createIndex('playlist_entries', ['playlist_id', 'position'])
}
