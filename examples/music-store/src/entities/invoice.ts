// What was sold to whom. The total of a line is made by the database.
import {
  Check,
  Column,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  numeric,
  PrimaryKey,
  sql,
  timestamptz,
  Unique,
  varchar,
} from 'lockstep-pg'
import { Customer } from './customer.js'
import { Track } from './track.js'

export const invoiceStatus = enumType('invoice_status', ['draft', 'sent', 'paid'])

@Entity('invoices')
@Index([{ property: 'issuedAt', order: 'desc' }])
@Index(['customerId'], { where: sql`status <> 'paid'`, name: 'invoices_open_idx' })
export class Invoice {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @ForeignKey(() => Customer, { onDelete: 'restrict' }) @Column(integer()) customerId!: number
  @Column(invoiceStatus, { default: 'draft' }) status!: 'draft' | 'sent' | 'paid'
  @Column(timestamptz(), { default: sql`now()` }) issuedAt!: Date
  @Column(varchar(120), { nullable: true }) billingAddress!: string | null
}

@Entity('invoice_lines')
@Unique(['invoiceId', 'trackId'])
@Check('invoice_lines_sell_something', sql`quantity > 0`)
export class InvoiceLine {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @ForeignKey(() => Invoice, { onDelete: 'cascade' }) @Column(integer()) invoiceId!: number
  @ForeignKey(() => Track, { onDelete: 'restrict' })
  @Index()
  @Column(integer())
  trackId!: number
  @Column(numeric(10, 2)) unitPrice!: string
  @Column(integer(), { default: 1 }) quantity!: number
  @Column(numeric(12, 2), { generated: sql`unit_price * quantity` }) total!: string
}
