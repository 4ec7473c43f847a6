import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  integer,
  PrimaryKey,
  text,
  timestamptz,
} from '../../../src/index.js'

const source = enumType('source', ['gas', 'water', 'steam'])

@Entity({
  table: 'readings',
  partitionBy: { list: ['source'] },
  partitions: [
    { name: 'readings_gas', in: ['gas'] },
    { name: 'readings_water', in: ['water', 'steam'] },
  ],
})
class Reading {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @PrimaryKey(source, { default: 'gas' }) source!: 'gas' | 'water' | 'steam'
  @Column(source.array()) others!: string[]
}

@Entity({
  table: 'events',
  partitionBy: { range: ['at'] },
  partitions: [
    { name: 'events_2024', from: '2024-01-01', to: '2025-01-01' },
    { name: 'events_old', from: '2020-01-01', to: '2024-01-01' },
  ],
})
class Event {
  @PrimaryKey(integer()) id!: number
  @PrimaryKey(timestamptz()) at!: Date
  @Column(text(), { storage: null, statistics: null }) body!: string
}

@Entity({ table: 'plain', storage: {}, rowSecurity: false })
class Plain {
  @PrimaryKey(integer()) id!: number
}

export default class Db extends DbContext {
  get events(): DbEntityTable<Event> {
    return this.table(Event)
  }
  get readings(): DbEntityTable<Reading> {
    return this.table(Reading)
  }
  get plain(): DbEntityTable<Plain> {
    return this.table(Plain)
  }
}
