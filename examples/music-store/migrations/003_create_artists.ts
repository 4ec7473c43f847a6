import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('artists', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.varchar('name', 120).notNull()
    t.comment('Bands and soloists')
  })
}
