// Comments on any object. A comment is attached: it goes, comes and is renamed with what it is about.

import type { ObjectId } from '../../engine/identity.js'
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import type { ModelConfig } from '../../model/model-config.js'
import { literal, qualified, raw, sql } from '../../sql/sql.js'
import { columnCountedBy, identitySequence } from '../identity-sequence.js'

export interface Comment {
  readonly on: ObjectId
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  /** It is about the index of the constraint `on`. */
  readonly ofIndex?: true
  /** It is about the sequence of the identity of the column `on`. */
  readonly ofSequence?: true
  /** null: there shall be none. */
  readonly text: string | null
}

/** `comment: null` removes it. */
export interface SetComment extends OperationBase {
  readonly type: 'set_comment'
  readonly on: ObjectId
  /** The object as COMMENT ON addresses it. */
  readonly address: string
  readonly comment: string | null
  readonly was: string | null
}

const about = (on: ObjectId, text: string | null): Comment => ({
  on,
  schemaName: on.schemaName,
  table: on.table,
  name: on.name,
  text,
})
const shown = (on: ObjectId) => display(on)

function* declared(model: ModelConfig): Generator<readonly [ObjectId, string | null | undefined]> {
  for (const schema of model.schemas)
    if (schema.name !== 'public') yield [{ kind: 'schema', name: schema.name }, schema.comment]
  for (const extension of model.extensions) yield [{ kind: 'extension', name: extension.name }, extension.comment]
  for (const type of model.enums) yield [{ kind: 'enum', schemaName: type.schemaName, name: type.name }, type.comment]
  for (const sequence of model.sequences)
    yield [{ kind: 'sequence', schemaName: sequence.schemaName, name: sequence.name }, sequence.comment]
  for (const table of model.tables) {
    if (!table.managed) continue
    const { schemaName, name } = table
    if (!table.ignore.includes('comment')) yield [{ kind: 'table', schemaName, name }, table.comment]
    for (const column of table.columns)
      if (!column.ignore.includes('comment'))
        yield [{ kind: 'column', schemaName, table: name, name: column.name }, column.comment]
    for (const key of [
      ...(table.primaryKey ? [table.primaryKey] : []),
      ...table.uniques,
      ...table.excludes,
      ...table.checks,
    ])
      yield [{ kind: 'constraint', schemaName, table: name, name: key.name }, key.comment]
    for (const key of table.foreignKeys)
      yield [{ kind: 'foreign-key', schemaName, table: name, name: key.name }, key.comment]
    for (const index of table.indexes)
      yield [{ kind: 'index', schemaName, table: name, name: index.name }, index.comment]
  }
  for (const { object, columnComments, indexes } of model.further) {
    const { schemaName, name: table } = object as { readonly schemaName?: string; readonly name: string }
    for (const [name, text] of Object.entries(columnComments ?? {}))
      yield [{ kind: 'column', schemaName, table, name }, text]
    for (const index of indexes ?? []) yield [{ kind: 'index', schemaName, table, name: index.name }, index.comment]
  }
}

/** The columns of views are no objects of their own. */
const columnOf = (relation: ObjectId | undefined, name: string | null): ObjectId | undefined =>
  relation && name !== null
    ? { kind: 'column', schemaName: relation.schemaName, table: relation.name, name }
    : undefined

/** The object as COMMENT ON addresses it; undefined where it is not there. */
function addressOf({ on, ofIndex, ofSequence }: Comment, side: Side): string | undefined {
  if (ofSequence) return identitySequence(on, side)?.text
  return (ofIndex ? sql`index ${qualified(on.schemaName, on.name)}` : side.address(on)).text
}
const subject = ({ on, ofIndex, ofSequence }: Comment): ObjectId =>
  ofIndex ? { ...on, kind: 'index' } : ofSequence ? { ...on, kind: 'sequence of column' } : on

/** The schema that is there from the beginning is no object of ours; what is said of it is, where that is not what PostgreSQL says itself. */
const publicSchema: ObjectId = { kind: 'schema', name: 'public' }
const saidOfPublic = 'standard public schema'

/** What is said where nobody says anything. */
const unsaid = ({ on }: Comment): string | null =>
  on.kind === publicSchema.kind && on.name === publicSchema.name ? saidOfPublic : null

function steps(about: Comment, side: Side, comment: string | null, was: string | null): readonly SetComment[] {
  const address = addressOf(about, side)
  return address === undefined ? [] : [{ type: 'set_comment', on: subject(about), address, comment, was }]
}

export interface CommentRow {
  about: string
  comment: string
  column_name: string | null
  relation: string | null
  key: string | null
  counts: string | null
  of_public: string
}

export const comments: ObjectKind<Comment, SetComment, CommentRow> = {
  name: 'comment',
  identify: (comment) => {
    const { kind, schemaName, table, name, arguments: types } = subject(comment)
    return { kind: 'comment', schemaName, table, name, arguments: types === undefined ? kind : `${kind} ${types}` }
  },
  declare: (model, further) =>
    [...declared(model), ...further.map(({ id, comment }) => [id, comment] as const)].flatMap(([on, text]) =>
      typeof text === 'string' ? [about(on, text)] : [],
    ),
  catalog: {
    query: (_server, schemas) => sql`
      select d.classoid || ':' || d.objoid || ':' || d.objsubid as about, d.description as comment, '' as addresses,
        case when d.classoid = 1259 and d.objsubid > 0 then (select a.attname from pg_attribute a where a.attrelid = d.objoid and a.attnum = d.objsubid) end as column_name,
        case when d.classoid = 1259 and d.objsubid > 0 then (select case c.relkind when 'c' then '1247:' || c.reltype else '1259:' || c.oid end || ':0' from pg_class c where c.oid = d.objoid) end as relation,
        case when d.classoid = 1259 and d.objsubid = 0 then (select '2606:' || k.oid || ':0' from pg_constraint k where k.conindid = d.objoid and k.contype in ('p', 'u', 'x')) end as key,
        case when d.classoid = 1259 and d.objsubid = 0 then ${columnCountedBy(sql`d.objoid`)} end as counts,
        d.classoid = 2615 and d.objoid = p.oid as of_public
      from pg_description d left join pg_namespace p on p.nspname = 'public'
      where d.objoid >= 16384 or d.classoid = 2615 and d.objoid = p.oid and d.description <> ${literal(saidOfPublic)} and 'public' = any(${schemas}) order by 1`,
    read: (row, _server, resolve) => {
      const key = row.key === null ? undefined : resolve(row.key)
      if (key) return { ...about(key, row.comment), ofIndex: true }
      const column = row.counts === null ? undefined : resolve(row.counts)
      if (column) return { ...about(column, row.comment), ofSequence: true }
      const on =
        resolve(row.about) ?? columnOf(row.relation === null ? undefined : resolve(row.relation), row.column_name)
      const said = on ?? (row.of_public === 't' ? publicSchema : undefined)
      return said && about(said, row.comment)
    },
  },
  differences: (current, desired) => differing(current, desired, ['text']),
  create: (comment, side) => steps(comment, side, comment.text, unsaid(comment)),
  alter: (current, desired, _changed, side) => steps(desired, side, desired.text, current.text),
  // The sequence may have another name by then, or be gone.
  drop: (comment, side, target) => steps(comment, comment.ofSequence ? target : side, unsaid(comment), comment.text),
  operations: {
    set_comment: {
      describe: (op) =>
        op.comment === null
          ? `Remove comment of ${op.on.kind} '${shown(op.on)}'`
          : `Comment on ${op.on.kind} '${shown(op.on)}'`,
      sql: (op) => sql`comment on ${raw(op.address)} is ${op.comment === null ? sql`null` : literal(op.comment)}`,
      inverse: (op) => [{ ...op, comment: op.was, was: op.comment }],
    },
  },
}
