// What it sounds like.
import { Column, Entity, integer, PrimaryKey, Unique, varchar } from 'lockstep-pg'

@Entity('genres')
export class Genre {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Unique() @Column(varchar(60)) name!: string
}
