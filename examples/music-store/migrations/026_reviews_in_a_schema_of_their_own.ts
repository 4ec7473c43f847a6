import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createSchema('community')
  await schema.createTable('community.reviews', (t) => {
    t.bigint('id').identity().primaryKey()
    t.integer('track_id').notNull().references('tracks').onDelete('cascade')
    t.smallint('stars').notNull().check(sql`stars between 1 and 5`)
    t.text('body').notNull().default('')
    t.text('tags').array().notNull().default(sql`'{}'`)
  })
}
