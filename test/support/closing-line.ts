// The last line of a test run: how many passed, failed and were skipped, alone on its line. A run without tests fails.
import type { Reporter, TestModule } from 'vitest/node'

/** Printed when the process ends, so that nothing follows it. */
export default class ClosingLine implements Reporter {
  #text: string | undefined

  onInit(): void {
    process.once('exit', () => {
      if (this.#text !== undefined) process.stdout.write(this.#text)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      let failedTests = 0
      for (const test of module.children.allTests()) {
        const state = test.result().state
        if (state !== 'pending') count[state]++
        if (state === 'failed') failedTests++
      }
      if (failedTests === 0 && module.state() === 'failed') count.failed++
    }
    if (count.failed === 0) count.failed = unhandled.length
    if (count.passed + count.failed === 0) process.exitCode = 1
    const nothing = count.passed + count.failed === 0 ? 'No test ran: the run fails.\n' : ''
    const server = process.env.LOCKSTEP_TEST_SERVER ? `PostgreSQL: ${process.env.LOCKSTEP_TEST_SERVER}\n` : ''
    this.#text = `${nothing}${server}${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`
  }
}
