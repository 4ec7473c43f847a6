import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('playlists', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.varchar('name', 120).notNull()
  })
  await schema.createTable('playlist_tracks', (t) => {
    t.integer('playlist_id').references('playlists').onDelete('cascade')
    t.integer('track_id').references('tracks').onDelete('cascade')
    t.primaryKey(['playlist_id', 'track_id'])
  })
}
