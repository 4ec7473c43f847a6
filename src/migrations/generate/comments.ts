// What stands above each step of a generated file: what it does, and each risk.
import type { Step } from '../../engine/plan.js'

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** Lines without the comment sign. */
export const commentsOf = (step: Step): readonly string[] => [
  oneLine(step.description),
  ...step.risks.map((risk) => oneLine(`${risk.level} ${risk.code}: ${risk.reason}`)),
]

export const commentLine = oneLine
