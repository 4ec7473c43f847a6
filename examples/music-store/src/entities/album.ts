// A record of an artist.
import { Check, Column, Entity, ForeignKey, Index, integer, PrimaryKey, smallint, sql, varchar } from 'lockstep-pg'
import { Artist } from './artist.js'

@Entity('albums')
@Check('albums_released_in_a_sane_year', sql`release_year between 1900 and 2100`)
export class Album {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(varchar(160)) title!: string
  @ForeignKey(() => Artist, { onDelete: 'cascade' })
  @Index()
  @Column(integer())
  artistId!: number
  @Column(smallint(), { nullable: true, comment: 'Of the first edition' }) releaseYear!: number | null
}
