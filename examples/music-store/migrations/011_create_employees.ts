import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('employees', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.varchar('first_name', 40).notNull()
    t.varchar('last_name', 40).notNull()
    t.varchar('title', 30)
    t.integer('reports_to').references('employees').onDelete('set null').index()
    t.varchar('email', 120).notNull().unique()
  })
}
