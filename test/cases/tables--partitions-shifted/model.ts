import { DbContext, type DbEntityTable, date, Entity, integer, PrimaryKey } from '../../../src/index.js'

/** Each bound reaches into what another partition had; a new one takes what becomes free. */
@Entity({
  table: 'events',
  partitionBy: { range: ['at'] },
  partitions: [
    { name: 'events_a', from: '2024-01-01', to: '2025-07-01' },
    { name: 'events_b', from: '2025-07-01', to: '2026-07-01' },
    { name: 'events_c', from: '2026-07-01', to: '2026-10-01' },
    { name: 'events_d', from: '2026-10-01', to: '2027-01-01' },
  ],
})
class Event {
  @PrimaryKey(integer()) id!: number
  @PrimaryKey(date()) at!: Date
}

export default class Db extends DbContext {
  get events(): DbEntityTable<Event> {
    return this.table(Event)
  }
}
