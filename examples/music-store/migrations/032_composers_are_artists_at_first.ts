import type { MigrationContext } from 'lockstep-pg/migrations'

export const name = 'Who is not known to have composed a track is its artist'

const batch = 500

/** Batch by batch, so that no row is locked for long; what is done stays done, and is not done again. */
export const config = { transaction: false, timeout: '10m' }

export async function up(schema: MigrationContext): Promise<void> {
  for (;;) {
    const { rowCount } = await schema.query(
      `update tracks set composer = artists.name
       from albums join artists on artists.id = albums.artist_id
       where albums.id = tracks.album_id and tracks.id in (
         select id from tracks where composer is null and album_id is not null limit $1)`,
      [batch],
    )
    if (rowCount === 0) return
  }
}

export async function down(schema: MigrationContext): Promise<void> {
  await schema.query('update tracks set composer = null')
}
