import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('customers', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.varchar('first_name', 40).notNull()
    t.varchar('last_name', 40).notNull()
    t.varchar('email', 120).notNull()
    t.varchar('zip', 10)
    t.integer('support_rep_id').references('employees').onDelete('set null').index()
    t.timestamps()
  })
}
