import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.addColumn('employees', 'hire_date', 'date')
  const { rows } = await schema.query<{ id: number }>('select id from employees')
  for (const [index, { id }] of rows.entries()) {
    await schema.query('update employees set hire_date = current_date where id = $1', [id])
    schema.progress(index + 1, rows.length)
  }
}

export async function down(schema: MigrationContext): Promise<void> {
  await schema.dropColumn('employees', 'hire_date')
}
