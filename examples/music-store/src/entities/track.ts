// What is sold. searchText is made by the database from name and composer; the hook of the context puts a full-text index on it.
import { Check, Column, Entity, ForeignKey, Index, integer, numeric, PrimaryKey, sql, text, varchar } from 'lockstep-pg'
import { Album } from './album.js'
import { Genre } from './genre.js'
import { MediaType } from './media-type.js'
import { Timestamps } from './timestamps.js'

@Entity({ table: 'tracks', comment: 'One piece of music, sold on its own' })
@Index(['genreId', { property: 'unitPrice', order: 'desc' }], { include: ['name'] })
@Check('tracks_last_some_time', sql`milliseconds > 0`)
@Check('tracks_are_not_for_free', sql`unit_price > 0`)
export class Track extends Timestamps {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(varchar(200)) name!: string
  @ForeignKey(() => Album, { onDelete: 'set null' })
  @Index()
  @Column(integer(), { nullable: true })
  albumId!: number | null
  @ForeignKey(() => MediaType) @Column(integer()) mediaTypeId!: number
  @ForeignKey(() => Genre) @Column(integer(), { nullable: true }) genreId!: number | null
  @Column(varchar(220), { nullable: true }) composer!: string | null
  @Column(integer()) milliseconds!: number
  @Column(numeric(10, 2), { default: '0.99' }) unitPrice!: string
  @Column(text(), { generated: sql`lower(name || ' ' || coalesce(composer, ''))` }) searchText!: string
}
