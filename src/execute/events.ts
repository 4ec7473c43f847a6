// What a run tells while it goes on. Listeners must not throw; they are called in order and not awaited.
import type { Plan } from '../engine/plan.js'

/** Who holds the migration lock, as `lock-status` shows it. */
export interface LockHolder {
  readonly holder: string
  readonly host: string
  readonly pid: number
  readonly reason: string
  /** ISO 8601, UTC. */
  readonly acquiredAt: string
  /** ISO 8601, UTC: when others may call the holder dead. */
  readonly expiresAt: string
}

export type RunEvent =
  | { readonly type: 'plan'; readonly plan: Plan }
  | { readonly type: 'lock-waiting'; readonly holder?: LockHolder }
  | { readonly type: 'lock-acquired' }
  | { readonly type: 'step-start'; readonly step: number; readonly description: string }
  | { readonly type: 'step-done'; readonly step: number; readonly milliseconds: number }
  | { readonly type: 'hook-start' }
  | { readonly type: 'hook-done'; readonly milliseconds: number }
  | { readonly type: 'verified' }
  | { readonly type: 'committed' }
  | { readonly type: 'note'; readonly message: string }

export type RunListener = (event: RunEvent) => void
