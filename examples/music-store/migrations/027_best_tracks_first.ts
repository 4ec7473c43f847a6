import type { MigrationContext } from 'lockstep-pg/migrations'

export async function up(schema: MigrationContext): Promise<void> {
  await schema.script(`
    create view community.best_tracks as
      select track_id, avg(stars) as stars from community.reviews group by track_id`)
}

export async function down(schema: MigrationContext): Promise<void> {
  await schema.script('drop view community.best_tracks')
}
