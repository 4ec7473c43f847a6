// Colours, or none; the only importer of picocolors.
import colors from 'picocolors'

export type Painter = ReturnType<typeof colors.createColors>

export const painter = (color: boolean | undefined): Painter => colors.createColors(color === true)
