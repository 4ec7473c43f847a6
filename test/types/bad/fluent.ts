// Selectors and values of the fluent API.
import { type DbModelConfig, enumType, type Operation, sql, text } from 'lockstep-pg'

class Plain {
  id!: number
  size!: 'S' | 'M'
  name!: string
}
class Other {
  key!: number
}

export function setup(model: DbModelConfig): void {
  model.entity('Plain') // error
  model.entity(Plain, (e) => {
    e.property((p) => p.nothing) // error
    e.property(() => 'id') // error
    e.property((p) => p.id).hasType(text()) // error
    e.property((p) => p.size).hasType(text()) // error
    e.property((p) => p.size).hasType(enumType('e', ['S', 'L'])) // error
    e.property((p) => p.id).hasDefaultValue('5') // error
    e.property((p) => p.size).hasDefaultValue('L') // error
    e.property((p) => p.id).hasDefaultSql('now()') // error
    e.property((p) => p.id).isGenerated('id') // error
    e.property((p) => p.id).hasIdentity('sometimes') // error
    e.property((p) => p.id).ignore('everything') // error
    e.hasKey((p) => [p.id, p.nothing]) // error
    e.hasKey(() => sql`id`) // error
    e.hasIndex((p) => [p.nothing]) // error
    e.hasIndex((p) => [p.id, 'lower(name)']) // error
    e.hasIndex((p) => p.id).include((p) => p.nothing) // error
    e.hasIndex((p) => p.id).where('x') // error
    e.hasIndex((p) => p.id).hasOrder('up') // error
    e.isUnique((p) => p.nothing) // error
    e.isUnique((p) => p.id).include((p) => p.nothing) // error
    e.isUnique((p) => p.id).isDeferrable('later') // error
    e.hasExclusion({ property: 'nothing', with: '=' }) // error
    e.hasExclusion({ property: 'id' }) // error
    e.hasOne(Other).onDeleteSetNull((p) => p.key) // error
    e.ignore((p) => p.nothing) // error
    e.hasCheckConstraint('c', 'x') // error
    e.hasOne(Other).withForeignKey((p) => p.key) // error
    e.hasOne(Other).withPrincipalKey((o) => o.id) // error
    e.hasMany(Other).withForeignKey((o) => o.id) // error
    e.hasMany(Other).withPrincipalKey((p) => p.key) // error
    e.hasOne(Other).onDelete('never') // error
  })
  model.enum('e', []) // error
  model.enum('e', [1]) // error
  model.sequence('s', { strat: 5 }) // error
}

export function told(operation: Operation): unknown {
  if (operation.type === 'alter_column') {
    void operation.to.nothing // error
    return operation.schema // error
  }
  if (operation.type === 'no_such_operation') return 1 // error
  return operation.columnName // error
}
sql`select ${'text'}` // error
