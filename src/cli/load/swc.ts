// The compiler that lowers TypeScript and decorators; the only importer of @swc/core.
export { type Options, parseSync, transformSync } from '@swc/core'
