// What the program `lockstep` needs to know of this project. A .env file is read before this one.
import { defineConfig } from 'lockstep-pg'

export default defineConfig({
  context: './src/database.ts',
  // Without a server, PGlite keeps the data in a folder.
  url: process.env.DATABASE_URL ?? 'pglite:./.lockstep',
  environments: {
    production: { url: process.env.PRODUCTION_DATABASE_URL, protected: true, lockTimeout: '5s' },
  },
})
