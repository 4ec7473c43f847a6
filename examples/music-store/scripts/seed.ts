// Fills an empty store with a few rows, all or none; a store that has artists already is left as it is.
import { existsSync } from 'node:fs'
import { openClient } from 'lockstep-pg'
import MusicStore from '../src/database.js'

if (existsSync('.env')) process.loadEnvFile()
const { default: config } = await import('../lockstep.config.js')

async function seed(db: MusicStore): Promise<void> {
  await db.artists.insert({ id: 1, name: 'Nina Simone' }, { id: 2, name: 'Fela Kuti' }, { id: 3, name: 'Björk' })
  await db.albums.insert(
    { id: 1, title: 'Pastel Blues', artistId: 1, releaseYear: 1965 },
    { id: 2, title: 'Zombie', artistId: 2, releaseYear: 1976 },
    { id: 3, title: 'Homogenic', artistId: 3, releaseYear: 1997 },
  )
  await db.genres.insert({ id: 1, name: 'Jazz' }, { id: 2, name: 'Afrobeat' }, { id: 3, name: 'Electronic' })
  await db.mediaTypes.insert({ id: 1, name: 'MP3' }, { id: 2, name: 'FLAC', lossless: true })
  await db.tracks.insert(
    { id: 1, name: 'Sinnerman', albumId: 1, mediaTypeId: 2, genreId: 1, milliseconds: 620_000, unitPrice: '1.29' },
    { id: 2, name: 'Zombie', albumId: 2, mediaTypeId: 1, genreId: 2, composer: 'Fela Kuti', milliseconds: 746_000 },
    { id: 3, name: 'Jóga', albumId: 3, mediaTypeId: 2, genreId: 3, composer: 'Björk, Sjón', milliseconds: 305_000 },
  )
  await db.playlists.insert({ id: 1, name: 'Long ones' })
  await db.playlistTracks.insert({ playlistId: 1, trackId: 2, position: 1 }, { playlistId: 1, trackId: 1, position: 2 })
  await db.employees.insert(
    { id: 1, firstName: 'Ada', lastName: 'Adams', title: 'Head of the store', email: 'ada@store.example' },
    { id: 2, firstName: 'Ben', lastName: 'Okri', title: 'Sales', reportsTo: 1, email: 'ben@store.example' },
  )
  await db.customers.insert(
    {
      id: 1,
      firstName: 'Luis',
      lastName: 'Gomes',
      email: 'luis@mail.example',
      company: 'Gomes & Filhos',
      phone: '+55 12 3923 5555',
      fax: '+55 12 3923 5566',
      country: 'BR',
      supportRepId: 2,
    },
    { id: 2, firstName: 'Leonie', lastName: 'Kohl', email: 'leonie@mail.example', phone: '+49 711 2842222' },
    { id: 3, firstName: 'Emma', lastName: 'Jones', email: 'emma@mail.example', fax: '+44 20 7707 0707', country: 'GB' },
  )
  await db.invoices.insert({ id: 1, customerId: 1, status: 'paid' }, { id: 2, customerId: 2, status: 'sent' })
  await db.invoiceLines.insert(
    { id: 1, invoiceId: 1, trackId: 1, unitPrice: '1.29' },
    { id: 2, invoiceId: 1, trackId: 2, unitPrice: '0.99', quantity: 2 },
    { id: 3, invoiceId: 2, trackId: 3, unitPrice: '0.99' },
  )
  await db.reviews.insert({ customerId: 1, trackId: 1, rating: 5, body: 'Ten minutes, none too many.', tags: ['live'] })
}

const withIds = [
  'artists',
  'albums',
  'genres',
  'media_types',
  'tracks',
  'playlists',
  'employees',
  'customers',
  'invoices',
  'invoice_lines',
]

/** The rows came with their ids: the next ones go on from there. */
const continueIds = (table: string) =>
  `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`

const client = openClient(config.url ?? '')
try {
  const seeded = await client.transaction(async (transaction) => {
    const db = new MusicStore(transaction)
    if ((await db.artists.count()) > 0) return false
    await seed(db)
    for (const table of withIds) await transaction.query(continueIds(table))
    return true
  })
  console.log(seeded ? 'The store is filled.' : 'The store has rows already; nothing was changed.')
} catch (error) {
  const undefinedTable = (error as { code?: string }).code === '42P01'
  console.error(undefinedTable ? 'There are no tables yet: run npm run db:migrate first.' : error)
  process.exitCode = 1
} finally {
  await client.end()
}
