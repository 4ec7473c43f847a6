// Who works here, and for whom.
import { Check, Column, date, Entity, ForeignKey, Index, integer, PrimaryKey, sql, Unique, varchar } from 'lockstep-pg'

@Entity('employees')
@Check('employees_do_not_report_to_themselves', sql`reports_to <> id`)
export class Employee {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(varchar(40)) firstName!: string
  @Column(varchar(40)) lastName!: string
  @Column(varchar(60), { nullable: true }) title!: string | null
  @ForeignKey(() => Employee, { onDelete: 'set null' })
  @Index()
  @Column(integer(), { nullable: true, comment: 'Their manager; the head of the store has none' })
  reportsTo!: number | null
  @Column(date<string>(), { nullable: true }) hireDate!: string | null
  @Unique() @Column(varchar(120)) email!: string
}
