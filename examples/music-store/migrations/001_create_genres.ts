import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('genres', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.varchar('name', 60).notNull().unique()
  })
}
