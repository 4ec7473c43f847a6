export const description = 'A value is renamed; what speaks of it goes along'

/** @param {import('lockstep-pg/migrations').MigrationContext} schema */
export async function up(schema) {
  await schema.renameEnumValue('invoice_status', 'paid', 'settled')
}
