import type { MigrationContext } from 'lockstep-pg/migrations'

export const name = 'The first employee'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.query('insert into employees (first_name, last_name, title, email) values ($1, $2, $3, $4)', [
    'Andrea',
    'Adams',
    'General Manager',
    'andrea@example.org',
  ])
}

export async function down(schema: MigrationContext): Promise<void> {
  await schema.query('delete from employees where email = $1', ['andrea@example.org'])
}
