// A list of tracks, and the tracks in it: a table with a composite key.
import { Column, Entity, ForeignKey, Index, integer, PrimaryKey, Unique, varchar } from 'lockstep-pg'
import { Track } from './track.js'

@Entity('playlists')
export class Playlist {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(varchar(120)) name!: string
}

@Entity('playlist_tracks')
@Unique(['playlistId', 'position'])
export class PlaylistTrack {
  @ForeignKey(() => Playlist, { onDelete: 'cascade' })
  @PrimaryKey(integer())
  playlistId!: number
  @ForeignKey(() => Track, { onDelete: 'cascade' })
  @Index()
  @PrimaryKey(integer())
  trackId!: number
  @Column(integer()) position!: number
}
