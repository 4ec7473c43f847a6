// Which entities a context has, and when it looks for them: getters, setupModel, foreign keys; once, and not before the model is asked for.
import {
  Column,
  type DatabaseClient,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  ForeignKey,
  integer,
  LockstepError,
  ModelError,
  PrimaryKey,
  UsageError,
} from 'lockstep-pg'
import { describe, expect, test } from 'vitest'

/** Nothing of a model touches the database: whatever is asked of this client fails the test. */
const silent = new Proxy({} as DatabaseClient, {
  get: (_target, key) => () => {
    throw new Error(`The client was asked: ${String(key)}`)
  },
})

class User {
  @PrimaryKey(integer()) id!: number
}
class Post {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => User) @Column(integer()) author!: number
}
class Comment {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => Post) @Column(integer()) post!: number
}
class Tag {
  id!: number
}

const tablesOf = (context: DbContext): readonly string[] => context.model.tables.map((table) => table.entity)

describe('the entities of a context', () => {
  test('those that getters give, also of base classes, the base first', () => {
    class Base extends DbContext {
      get users(): DbEntityTable<User> {
        return this.table(User)
      }
    }
    class Derived extends Base {
      get posts(): DbEntityTable<Post> {
        return this.table(Post)
      }
    }
    expect(tablesOf(new Derived(silent))).toEqual(['User', 'Post'])
    expect(new Derived(silent).model.contextName).toBe('Derived')
  })

  test('those that setupModel names, without decorators', () => {
    class App extends DbContext {
      protected override setupModel(model: DbModelConfig): void {
        model
          .entity(Tag)
          .property((tag) => tag.id)
          .hasType(integer())
          .isPrimaryKey()
      }
    }
    expect(tablesOf(new App(silent))).toEqual(['Tag'])
  })

  test('those that foreign keys lead to, however far', () => {
    class App extends DbContext {
      get comments(): DbEntityTable<Comment> {
        return this.table(Comment)
      }
    }
    expect(tablesOf(new App(silent))).toEqual(['Comment', 'Post', 'User'])
  })

  test('a getter that a subclass overrides counts as the subclass says', () => {
    class Base extends DbContext {
      get main(): DbEntityTable<object> {
        return this.table(User)
      }
    }
    class Derived extends Base {
      override get main(): DbEntityTable<object> {
        return this.table(Comment)
      }
    }
    expect(tablesOf(new Derived(silent))).toEqual(['Comment', 'Post', 'User'])
  })

  test('two getters of one entity, and setupModel too: one table', () => {
    class App extends DbContext {
      get users(): DbEntityTable<User> {
        return this.table(User)
      }
      get people(): DbEntityTable<User> {
        return this.table(User)
      }
      protected override setupModel(model: DbModelConfig): void {
        model.entity(User).toTable('people')
      }
    }
    expect(new App(silent).model.tables.map((table) => table.name)).toEqual(['people'])
  })

  test('none at all is an empty model', () => {
    class App extends DbContext {}
    expect(new App(silent).model).toMatchObject({ tables: [], schemas: [{ name: 'public' }] })
  })
})

describe('looking for them', () => {
  test('once, when the model is first asked for, never in the constructor', () => {
    const calls: string[] = []
    class App extends DbContext {
      get users(): DbEntityTable<User> {
        calls.push('users')
        return this.table(User)
      }
      set users(_value: DbEntityTable<User>) {
        calls.push('set')
      }
      get unrelated(): number {
        calls.push('unrelated')
        return 1
      }
      method(): void {
        calls.push('method')
      }
      protected override setupModel(): void {
        calls.push('setupModel')
      }
    }
    const app = new App(silent)
    app.getSchemaManager()
    expect(calls).toEqual([])
    expect(app.model).toBe(app.model)
    expect(calls).toEqual(['users', 'unrelated', 'setupModel'])
  })

  test('no entity is ever instantiated', () => {
    class Loud {
      @PrimaryKey(integer()) id!: number
      constructor() {
        throw new Error('instantiated')
      }
    }
    class App extends DbContext {
      get loud(): DbEntityTable<Loud> {
        return this.table(Loud)
      }
    }
    expect(new App(silent).loud.name.text).toBe('"public"."loud"')
  })

  test('a getter that throws is named', () => {
    class App extends DbContext {
      get broken(): number {
        throw new TypeError('no such thing')
      }
    }
    const thrown = (() => {
      try {
        return new App(silent).model
      } catch (error) {
        return error
      }
    })() as ModelError
    expect(thrown).toBeInstanceOf(ModelError)
    expect(thrown.issues).toMatchObject([
      { code: 'GETTER_FAILED', entity: 'App', property: 'broken', message: expect.stringContaining('no such thing') },
    ])
    expect(thrown.issues[0]?.hint).toContain('method')
  })

  test('a table of no entity of the context says what to add', () => {
    class App extends DbContext {
      other(): DbEntityTable<User> {
        return this.table(User)
      }
    }
    expect(() => new App(silent).other().name).toThrow(UsageError)
    expect(() => new App(silent).other().name).toThrow(/User is no entity of App/)
  })

  test('a context without a client says so', () => {
    class App extends DbContext {}
    expect(() => new App(undefined as unknown as DatabaseClient)).toThrow(LockstepError)
  })
})

describe('selectors and relations of the fluent API', () => {
  const failing = (setup: (model: DbModelConfig) => void) => () => {
    class App extends DbContext {
      protected override setupModel(model: DbModelConfig): void {
        setup(model)
      }
    }
    return new App(silent).model
  }

  test.for<readonly [string, (model: DbModelConfig) => void, RegExp]>([
    ['a selector that gives a value', (m) => m.entity(User).hasKey((() => 5) as never), /returned number/],
    ['a selector that gives nothing', (m) => m.entity(User).hasKey((() => undefined) as never), /returned nothing/],
    ['no class', (m) => m.entity(undefined as never), /takes the class/],
    ['a relation to no class', (m) => m.entity(User).hasMany((() => undefined) as never), /leads to no entity/],
  ])('%s', ([, setup, message]) => {
    expect(failing(setup)).toThrow(UsageError)
    expect(failing(setup)).toThrow(message)
  })
})
