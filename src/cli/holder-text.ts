// The holder of the migration lock in one line.
import type { LockHolder } from '../execute/events.js'

export const holderText = (holder: LockHolder): string =>
  `${holder.holder} (${holder.host}, backend ${holder.pid}) since ${holder.acquiredAt}, reason: ${holder.reason || 'unknown'}`
