// What it is sold as.
import { boolean, Column, Entity, integer, PrimaryKey, Unique, varchar } from 'lockstep-pg'

@Entity('media_types')
export class MediaType {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Unique() @Column(varchar(60)) name!: string
  @Column(boolean(), { default: false }) lossless!: boolean
}
