// What the demo changes in the model, as a person would in an editor.
const customer = 'src/entities/customer.ts'
const invoice = 'src/entities/invoice.ts'

export const edits = [
  {
    file: customer,
    why: 'a filled column goes',
    from: '  @Column(varchar(24), { nullable: true }) fax!: string | null\n',
    to: '',
  },
  {
    file: customer,
    why: 'a column gets another name',
    from: '  @Column(varchar(80), { nullable: true }) company!: string | null\n',
    to: "  @Column(varchar(80), { nullable: true, renamedFrom: 'company' }) companyName!: string | null\n",
  },
  {
    file: customer,
    why: 'a type becomes wider, and a column comes',
    from: '  @Column(varchar(24), { nullable: true }) phone!: string | null\n',
    to: '  @Column(varchar(40), { nullable: true }) phone!: string | null\n  @Column(boolean(), { default: false }) newsletter!: boolean\n',
  },
  {
    file: customer,
    why: 'its import',
    from: 'import { Column, char,',
    to: 'import { boolean, Column, char,',
  },
  {
    file: invoice,
    why: 'an enum gets a value',
    from: "enumType('invoice_status', ['draft', 'sent', 'paid'])",
    to: "enumType('invoice_status', ['draft', 'sent', 'paid', 'refunded'])",
  },
  {
    file: invoice,
    why: 'and its property that value',
    from: "status!: 'draft' | 'sent' | 'paid'",
    to: "status!: 'draft' | 'sent' | 'paid' | 'refunded'",
  },
]
