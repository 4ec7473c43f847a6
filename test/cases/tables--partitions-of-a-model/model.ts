import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  integer,
  PrimaryKey,
  sql,
  text,
  timestamptz,
} from '../../../src/index.js'

const source = enumType('source', ['water', 'gas'])

@Entity({
  table: 'readings',
  partitionBy: { list: ['source'] },
  partitions: [
    { name: 'readings_gas', in: ['gas'] },
    { name: 'readings_water', in: ['water'] },
  ],
})
class Reading {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @PrimaryKey(source, { default: 'gas' }) source!: 'gas' | 'water'
  @Column(source.array()) others!: string[]
}

@Entity({
  table: 'events',
  partitionBy: { range: ['at'] },
  partitions: [
    { name: 'events_2024', from: '2024-01-01', to: '2025-01-01' },
    { name: 'events_2025', from: '2025-01-01', to: new Date('2026-01-01') },
    { name: 'events_rest', default: true },
  ],
})
class Event {
  @PrimaryKey(integer()) id!: number
  @PrimaryKey(timestamptz()) at!: Date
  @Column(text(), { storage: 'external', statistics: 200 }) body!: string
  @Column(integer(), { default: 7 }) weight!: number
}

@Entity({
  table: 'plain',
  storage: { fillfactor: 70 },
  rowSecurity: 'forced',
  replicaIdentity: 'full',
  clusterOn: 'plain_pkey',
})
class Plain {
  @PrimaryKey(integer()) id!: number
}

@Entity({
  table: 'sorts',
  keyless: true,
  partitionBy: { list: [sql`pg_catalog.LOWER(kind)`] },
  partitions: [{ name: 'sorts_rest', default: true }],
})
class Sort {
  @Column(text()) kind!: string
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
  get sorts(): DbEntityTable<Sort> {
    return this.table(Sort)
  }
}
