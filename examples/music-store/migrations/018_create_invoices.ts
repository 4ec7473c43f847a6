import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.createTable('invoices', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.integer('customer_id').notNull().references('customers').onDelete('restrict')
    t.enum('status', 'invoice_status').notNull().default('draft')
    t.timestamptz('issued_at').notNull().default(sql`now()`)
    t.index([{ column: 'issued_at', order: 'desc' }])
  })
  await schema.createTable('invoice_lines', (t) => {
    t.integer('id').identity('byDefault').primaryKey()
    t.integer('invoice_id').notNull().references('invoices').onDelete('cascade')
    t.integer('track_id').notNull().references('tracks').onDelete('restrict').index()
    t.numeric('unit_price', 10, 2).notNull()
    t.integer('quantity').notNull().default(1)
    t.unique(['invoice_id', 'track_id'])
  })
}
