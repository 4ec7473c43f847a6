import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('addresses', (t) => {
    t.integer('customer_id').notNull().references('customers').onDelete('cascade')
    t.varchar('label', 20).notNull().default('home')
    t.char('country', 2).notNull()
    t.varchar('postal_code', 12)
    t.jsonb('lines').notNull().default(sql`'[]'`)
    t.primaryKey(['customer_id', 'label'])
    t.check(sql`jsonb_typeof(lines) = 'array'`, { name: 'addresses_are_lines' })
  })
}
