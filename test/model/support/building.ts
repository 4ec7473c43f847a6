// A model without a client: what decorators and setupModel() say, built. `plain` leaves out where each thing was written.
import type { EntityClass, ModelConfig, ModelIssue, NamingStrategy } from 'lockstep-pg'
import { ModelError } from 'lockstep-pg'
import { buildModel } from '../../../src/model/build-model.js'
import { DbModelConfig, ModelDraft } from '../../../src/model/model-builder.js'
import { defaultNaming } from '../../../src/model/naming.js'

export interface Said {
  readonly entities?: readonly EntityClass[]
  readonly setup?: (model: DbModelConfig) => void
  readonly naming?: Partial<NamingStrategy>
  readonly defaultSchema?: string
}

export function modelOf({ entities = [], setup, naming, defaultSchema = 'public' }: Said): ModelConfig {
  const draft = new ModelDraft()
  for (const entity of entities) draft.entity(entity)
  setup?.(new DbModelConfig(draft))
  return buildModel(draft, { contextName: 'Test', defaultSchema, naming: { ...defaultNaming, ...naming } }).model
}

/** Without functions: two models that say the same in different places are equal. */
export const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner)))

export function issuesOf(said: Said): readonly ModelIssue[] {
  try {
    modelOf(said)
  } catch (error) {
    if (error instanceof ModelError) return error.issues
    throw error
  }
  return []
}
