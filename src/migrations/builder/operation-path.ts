// The schemas in which SQL of operations finds what it names, besides its object's own: the default one, and those of extensions.
import type { DatabaseClient } from '../../client/database-client.js'
import type { OperationBase } from '../../engine/kind.js'

const extensionSchemas =
  "select distinct n.nspname from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace where n.nspname <> 'pg_catalog' order by 1"

/** Asked for once, and again after whatever may have moved an extension. */
export class OperationPath {
  #known: readonly string[] | undefined

  constructor(private readonly defaultSchema: string) {}

  async schemas(client: DatabaseClient): Promise<readonly string[]> {
    if (!this.#known) {
      const [answer] = await client.script(extensionSchemas)
      this.#known = [...new Set([this.defaultSchema, ...(answer?.rows ?? []).flatMap((row) => row[0] ?? [])])]
    }
    return this.#known
  }

  after({ type }: OperationBase): void {
    if (/extension|schema/.test(type)) this.forget()
  }

  /** SQL of one's own was sent, or something was rolled back. */
  forget(): void {
    this.#known = undefined
  }
}
