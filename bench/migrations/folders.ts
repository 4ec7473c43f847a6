// The same migrations as each tool wants them written: a folder per tool, and one script for psql.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a bench runs: a table and an index each, or for the status of many, nothing to speak of. */
export type Load = 'tables' | 'nothing'

const number = (index: number): string => String(index + 1).padStart(5, '0')

function statements(index: number, load: Load): readonly string[] {
  if (load === 'nothing') return ['select 1']
  const table = `table_${number(index)}`
  return [
    `create table ${table} (id integer primary key, name varchar(100) not null, note text, created_at timestamptz not null default now())`,
    `create index ${table}_name_idx on ${table} (name)`,
  ]
}

const back = (index: number, load: Load): string =>
  load === 'nothing' ? 'select 1' : `drop table table_${number(index)}`

const builder = (index: number) => `import { sql } from 'lockstep-pg/migrations'
export async function up(schema) {
  await schema.createTable('table_${number(index)}', (t) => {
    t.integer('id').primaryKey()
    t.varchar('name', 100).notNull()
    t.text('note')
    t.timestamptz('created_at').notNull().default(sql\`now()\`)
  })
  await schema.createIndex('table_${number(index)}', ['name'])
}
`

/** `up` and `down` that send text through `send`, as the tool calls it. */
const code = (send: (text: string) => string, parameter: string) => (index: number, load: Load) =>
  `export const up = async (${parameter}) => {\n${statements(index, load)
    .map((one) => `  await ${send(`'${one}'`)}\n`)
    .join('')}}\nexport const down = async (${parameter}) => {\n  await ${send(`'${back(index, load)}'`)}\n}\n`

export const forms: Readonly<Record<string, { extension: string; text(index: number, load: Load): string }>> = {
  'lockstep, .sql': {
    extension: 'sql',
    text: (index, load) =>
      `-- up\n${statements(index, load)
        .map((one) => `${one};\n`)
        .join('')}\n-- down\n${back(index, load)};\n`,
  },
  'lockstep, .mjs': { extension: 'mjs', text: code((text) => `schema.query(${text})`, 'schema') },
  'lockstep, builder': {
    extension: 'mjs',
    text: (index, load) => (load === 'nothing' ? 'export const up = async () => {}\n' : builder(index)),
  },
  knex: { extension: 'mjs', text: code((text) => `knex.raw(${text})`, 'knex') },
  'node-pg-migrate': {
    extension: 'mjs',
    text: (index, load) => code((text) => `pgm.sql(${text})`, 'pgm')(index, load).replaceAll('await ', ''),
  },
  umzug: { extension: 'mjs', text: code((text) => `context.query(${text})`, '{ context }') },
  kysely: {
    extension: 'mjs',
    text: (index, load) =>
      `import { sql } from 'kysely'\n${code((text) => `sql.raw(${text}).execute(db)`, 'db')(index, load)}`,
  },
}

/** Writes the folder of one tool. */
export async function writeFolder(folder: string, form: string, amount: number, load: Load): Promise<void> {
  const { extension, text } = forms[form] as (typeof forms)[string]
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < amount; index++)
    await writeFile(join(folder, `${number(index)}_m.${extension}`), text(index, load))
}

/** All of it as one script. */
export const script = (amount: number, load: Load): string =>
  Array.from({ length: amount }, (_, index) =>
    statements(index, load)
      .map((one) => `${one};\n`)
      .join(''),
  ).join('')
