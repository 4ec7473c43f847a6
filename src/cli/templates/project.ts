// The files that `lockstep init` writes.
import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../../errors.js'

const config = `import { defineConfig } from 'lockstep-pg'

export default defineConfig({
  // The module of the DbContext: its default or only exported subclass ('file.ts#Name' chooses).
  context: './src/database.ts',
  // Read from .env too. Without a server: 'pglite:./.lockstep/data' (npm install --save-dev @electric-sql/pglite).
  url: process.env.DATABASE_URL,
  environments: {
    production: { url: process.env.PRODUCTION_DATABASE_URL, protected: true },
  },
})
`

const database = `import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  integer,
  PrimaryKey,
  sql,
  text,
  timestamptz,
  Unique,
  varchar,
} from 'lockstep-pg'

@Entity('users')
@Unique(['email'])
export class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(255)) email!: string
  @Column(text(), { nullable: true }) name!: string | null
  @Column(timestamptz(), { default: sql\`now()\` }) createdAt!: Date
}

@Entity('posts')
export class Post {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => User, { onDelete: 'cascade' })
  @Column(integer())
  userId!: number
  @Column(varchar(200)) title!: string
  @Column(text(), { default: '' }) body!: string
}

export default class AppDatabase extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  get posts(): DbEntityTable<Post> {
    return this.table(Post)
  }
}
`

const files: readonly (readonly [path: string, text: string])[] = [
  ['lockstep.config.ts', config],
  ['src/database.ts', database],
]

/** What a person does after `init`. */
export const nextSteps = `Next:
  1. Put DATABASE_URL=postgres://user:password@localhost:5432/app into .env (or pglite:./.lockstep/data, which needs no server).
  2. Describe your tables in src/database.ts.
  3. npx lockstep plan      shows what would be done
     npx lockstep migrate   does it`

/**
 * Writes the files into `root`, all or none; the paths that were written.
 * @throws UsageError FILE_EXISTS where one exists and `force` is not given
 */
export async function writeProject(root: string, force: boolean): Promise<readonly string[]> {
  const there: string[] = []
  for (const [path] of files) {
    const exists = await access(join(root, path)).then(
      () => true,
      () => false,
    )
    if (exists) there.push(path)
  }
  if (there.length > 0 && !force) {
    throw new UsageError(
      'FILE_EXISTS',
      `${there.join(' and ')} ${there.length === 1 ? 'exists' : 'exist'} already; nothing was written.`,
      {
        hint: 'Remove it first, or replace it with --force.',
        details: { files: there },
      },
    )
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return files.map(([path]) => path)
}
