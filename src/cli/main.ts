#!/usr/bin/env node
// The program `lockstep`: runs a command line, shows what went wrong, and exits. The only place that ends the process.
import { renderError } from '../terminal/render-error.js'
import { type ExitCode, exitCodeOf } from './exit-codes.js'
import { Output } from './output.js'
import { failureDocument } from './plan-document.js'
import { runProgram } from './program.js'

process.setSourceMapsEnabled(true)

/** A reader that went away (`lockstep plan | head -1`) is no error, and no reason to break off a migration. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

/** The options that also govern how an error of the command line itself is shown. */
function outputFor(argv: readonly string[]): Output {
  const end = argv.indexOf('--')
  const options = end < 0 ? argv : argv.slice(0, end)
  return new Output({
    json: options.includes('--json'),
    verbose: options.includes('--verbose'),
    color: !options.includes('--no-color'),
  })
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  try {
    return await runProgram(argv)
  } catch (error) {
    const output = outputFor(argv)
    output.note(renderError(error, output.forNotes))
    if (output.json) output.text(JSON.stringify(failureDocument(error, output.verbose), null, 2))
    return exitCodeOf(error)
  }
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((done) => {
    if (stream.writableEnded || stream.destroyed) return done()
    stream.write('', () => done())
  })

const exitCode = await run(process.argv.slice(2))
await Promise.all([flushed(process.stdout), flushed(process.stderr)])
process.exit(exitCode)
