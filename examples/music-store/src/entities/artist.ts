// Who recorded it.
import { Column, Entity, Index, integer, PrimaryKey, sql, varchar } from 'lockstep-pg'

@Entity({ table: 'artists', comment: 'Bands and soloists' })
@Index([sql`lower(name)`], { unique: true, name: 'artists_name_key' })
export class Artist {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(varchar(120)) name!: string
}
