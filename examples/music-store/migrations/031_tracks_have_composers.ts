import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.alterTable('tracks', (t) => {
    t.addColumn('composer', 'varchar(220)')
    t.addColumn('bytes', 'bigint')
  })
}
