import { type Migration, type SchemaBuilder, sql } from 'lockstep-pg/migrations'

export class CreateAlbums implements Migration {
  readonly description = 'Records of an artist'

  async up(schema: SchemaBuilder): Promise<void> {
    await schema.createTable('albums', (t) => {
      t.integer('id').identity('byDefault').primaryKey()
      t.varchar('title', 160).notNull()
      t.integer('artist_id').notNull().references('artists').onDelete('cascade').index()
      t.smallint('release_year').check(sql`release_year between 1900 and 2100`, 'albums_released_in_a_sane_year')
    })
  }

  async down(schema: SchemaBuilder): Promise<void> {
    await schema.dropTable('albums')
  }
}
