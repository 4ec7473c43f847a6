import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('tracks', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.varchar('name', 200).notNull()
    t.integer('album_id').references('albums').onDelete('cascade').index()
    t.integer('genre_id').references('genres').onDelete('set null')
    t.integer('media_type_id').notNull().references('media_types')
    t.integer('milliseconds').notNull().check(sql`milliseconds > 0`)
    t.numeric('unit_price', 10, 2).notNull().default('0.99')
  })
}
