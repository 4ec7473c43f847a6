// A context, its tables, the fluent API, and operations told apart by their type.
import {
  type DatabaseClient,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  integer,
  jsonb,
  type Operation,
  sql,
  text,
  varchar,
} from 'lockstep-pg'
import { Other, User } from './entities.js'

class Plain {
  id!: number
  size!: 'S' | 'M'
  name!: string | null
  maybe?: number
  settings!: { a: number }
}

export default class AppDatabase extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  get others(): DbEntityTable<Other> {
    return this.table(Other)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Plain, (e) => {
      e.toTable('plain', 's').toSchema('t').hasComment(null).renamedFrom('x').isManaged(false).hasNoKey()
      e.property((p) => p.id)
        .hasType(integer())
        .hasIdentity({ start: 5n })
        .isPrimaryKey()
      e.property((p) => p.size)
        .hasType(varchar<'S' | 'M'>(1))
        .hasDefaultValue('S')
      e.property((p) => p.name)
        .hasType(text())
        .isRequired(false)
        .hasDefaultValue(null)
        .isUnique('u')
      e.property((p) => p.maybe)
        .hasType(integer())
        .hasDefaultSql(sql`1`)
        .ignore('default', 'nullable')
      e.property((p) => p.settings)
        .hasType(jsonb<{ a: number }>())
        .hasDefaultValue({ a: 1 })
      e.hasKey((p) => [p.id, p.size])
        .hasDbName('k')
        .hasComment('c')
        .renamedFrom('o')
      e.hasIndex((p) => [p.id, sql`lower(name)`])
        .isUnique()
        .where(sql`x`)
        .include((p) => p.name)
        .hasOrder('asc', 'first', 0)
      e.hasIndex((p) => p.id)
        .hasMethod('gin')
        .hasOperatorClass('x')
        .hasCollation('C')
      e.isUnique((p) => p.name).hasDbName('n')
      e.hasCheckConstraint('c', sql`x`).hasComment('y')
      e.hasCheckConstraint(sql`x`)
      e.ignore((p) => [p.maybe])
      e.hasOne(Other)
        .withForeignKey((p) => p.id)
        .withPrincipalKey((o) => o.key)
        .onDelete('set null')
        .onUpdate('cascade')
      e.hasMany(() => User)
        .withForeignKey((u) => [u.age, u.otherKey])
        .withPrincipalKey((p) => [p.id, p.maybe])
    })
    const mood = model.enum('mood', ['good', 'bad'])
    model.entity(User).property((u) => u.status)
    model
      .entity(User)
      .property((u) => u.any_text)
      .hasType(mood)
  }
  protected override async onMigrationComplete(client: DatabaseClient): Promise<void> {
    await client.query('select 1')
    const users: readonly User[] = await this.users.all()
    await this.others.insert({ key: 1, code: users[0]?.email ?? '' })
    this.users.column('createdAt')
  }
}

export function told(operation: Operation): string {
  if (operation.type === 'alter_column')
    return `${operation.columnName} ${JSON.stringify(operation.from)} ${JSON.stringify(operation.to)}`
  if (operation.type === 'create_table') return operation.tableName + operation.schema.columns.length
  return operation.type
}
