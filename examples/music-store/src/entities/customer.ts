// Who buys. An address may be used again once its customer is gone: the unique index holds for those who are not.
import { Column, char, Entity, ForeignKey, Index, integer, PrimaryKey, sql, timestamptz, varchar } from 'lockstep-pg'
import { Employee } from './employee.js'
import { Timestamps } from './timestamps.js'

@Entity('customers')
@Index([sql`lower(email)`], { unique: true, where: sql`deleted_at is null`, name: 'customers_email_key' })
@Index(['lastName', 'firstName'])
export class Customer extends Timestamps {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(varchar(40)) firstName!: string
  @Column(varchar(40)) lastName!: string
  @Column(varchar(120)) email!: string
  @Column(varchar(80), { nullable: true }) company!: string | null
  @Column(varchar(24), { nullable: true }) phone!: string | null
  @Column(varchar(24), { nullable: true }) fax!: string | null
  @Column(varchar(12), { nullable: true, renamedFrom: 'zip' }) postalCode!: string | null
  @Column(char(2), { default: 'DE', comment: 'ISO 3166-1 alpha-2' }) country!: string
  @ForeignKey(() => Employee, { onDelete: 'set null' })
  @Index()
  @Column(integer(), { nullable: true })
  supportRepId!: number | null
  @Column(timestamptz(), { nullable: true }) deletedAt!: Date | null
}
