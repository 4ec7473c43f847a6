import { type MigrationContext, sql } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addColumn('invoice_lines', 'total', 'numeric(12,2)', (c) => c.generated(sql`unit_price * quantity`))
  await schema.addCheck('invoice_lines', sql`quantity > 0`, { name: 'invoice_lines_sell_something' })
}
