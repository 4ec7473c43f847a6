// The database of the store: its tables, what is said about them fluently, and SQL of our own that runs after every migration.
import { type DatabaseClient, DbContext, type DbEntityTable, type DbModelConfig, sql } from 'lockstep-pg'
import { Album } from './entities/album.js'
import { Artist } from './entities/artist.js'
import { Customer } from './entities/customer.js'
import { Employee } from './entities/employee.js'
import { Genre } from './entities/genre.js'
import { Invoice, InvoiceLine } from './entities/invoice.js'
import { MediaType } from './entities/media-type.js'
import { Playlist, PlaylistTrack } from './entities/playlist.js'
import { Review } from './entities/review.js'
import { Track } from './entities/track.js'

export default class MusicStore extends DbContext {
  get artists(): DbEntityTable<Artist> {
    return this.table(Artist)
  }
  get albums(): DbEntityTable<Album> {
    return this.table(Album)
  }
  get genres(): DbEntityTable<Genre> {
    return this.table(Genre)
  }
  get mediaTypes(): DbEntityTable<MediaType> {
    return this.table(MediaType)
  }
  get tracks(): DbEntityTable<Track> {
    return this.table(Track)
  }
  get playlists(): DbEntityTable<Playlist> {
    return this.table(Playlist)
  }
  get playlistTracks(): DbEntityTable<PlaylistTrack> {
    return this.table(PlaylistTrack)
  }
  get employees(): DbEntityTable<Employee> {
    return this.table(Employee)
  }
  get customers(): DbEntityTable<Customer> {
    return this.table(Customer)
  }
  get invoices(): DbEntityTable<Invoice> {
    return this.table(Invoice)
  }
  get invoiceLines(): DbEntityTable<InvoiceLine> {
    return this.table(InvoiceLine)
  }
  get reviews(): DbEntityTable<Review> {
    return this.table(Review)
  }

  /** Decorators, this, or both; where both speak, this wins. */
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Review, (review) => {
      review.hasComment('One per customer and track')
      review.property((r) => r.body).hasComment('Plain text')
      review.hasCheckConstraint('reviews_rate_from_1_to_5', sql`rating between 1 and 5`)
      review
        .hasOne(() => Customer)
        .withForeignKey((r) => r.customerId)
        .onDelete('cascade')
      review
        .hasOne(() => Track)
        .withForeignKey((r) => r.trackId)
        .onDelete('cascade')
      review.hasIndex((r) => r.tags).hasMethod('gin')
    })
  }

  /** Runs after every migration, also when nothing changed, in its transaction: so each statement may run again. */
  protected override async onMigrationComplete(client: DatabaseClient): Promise<void> {
    await client.script(`
      create or replace function touch_updated_at() returns trigger language plpgsql as $$
      begin
        new.updated_at := now();
        return new;
      end $$;

      create or replace trigger tracks_touch before update on tracks
        for each row execute function touch_updated_at();
      create or replace trigger customers_touch before update on customers
        for each row execute function touch_updated_at();

      create index if not exists tracks_search_idx on tracks using gin (to_tsvector('simple', search_text));

      create or replace view sales_by_genre as
        select g.name as genre, sum(l.quantity) as sold, sum(l.total) as revenue
        from invoice_lines l
        join invoices i on i.id = l.invoice_id
        join tracks t on t.id = l.track_id
        left join genres g on g.id = t.genre_id
        where i.status = 'paid'
        group by g.name;
    `)
  }
}
