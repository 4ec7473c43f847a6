import { type Migration, type SchemaBuilder, sql } from 'lockstep-pg/migrations'

export class PaymentMethods implements Migration {
  readonly description = 'How an invoice was paid'
  readonly dependsOn = ['018']

  async up(schema: SchemaBuilder): Promise<void> {
    await schema.createEnum('payment_method', ['card', 'transfer', 'voucher'])
    await schema.addColumn('invoices', 'payment_method', 'payment_method', (c) => c.notNull().default('card'))
    await schema.addColumn('invoices', 'paid_at', 'timestamptz')
    await schema.addCheck('invoices', sql`paid_at >= issued_at`, { name: 'invoices_are_paid_after_they_are_issued' })
  }
}
