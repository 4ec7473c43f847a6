// A line to a server that can be held at one message: before the server sees it, or after it has answered. Bound to no test runner.
import { once } from 'node:events'
import { connect, createServer, type Socket, type Server as TcpServer } from 'node:net'

interface Hold {
  readonly pattern: RegExp
  readonly when: 'before' | 'after'
  reached(): void
}

/** Its `url` leads to the server of the URL that it was started with. */
export class Relay {
  readonly #sockets = new Set<Socket>()
  readonly #listener: TcpServer
  #hold: Hold | undefined
  url = ''

  private constructor(target: URL) {
    this.#listener = createServer((near) => this.#join(near, target))
  }

  static async start(url: string): Promise<Relay> {
    const relay = new Relay(new URL(url))
    relay.#listener.listen(0, '127.0.0.1')
    await once(relay.#listener, 'listening')
    const address = relay.#listener.address()
    const through = new URL(url)
    through.hostname = '127.0.0.1'
    through.port = String(typeof address === 'object' && address ? address.port : 0)
    relay.url = through.href
    return relay
  }

  /** Settles when a query that the pattern finds is reached, once; on its connection nothing passes from then on. */
  hold(pattern: RegExp, when: 'before' | 'after'): Promise<void> {
    return new Promise((reached) => {
      this.#hold = { pattern, when, reached }
    })
  }

  /** Ends all connections that there are. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  stop(): void {
    this.cut()
    this.#listener.close()
  }

  #join(near: Socket, target: URL): void {
    const far = connect({ host: target.hostname, port: Number(target.port) })
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        near.destroy()
        far.destroy()
        this.#sockets.delete(socket)
      })
    }
    let held: Hold | undefined
    near.on('data', (chunk) => {
      if (held) return
      // A query begins with its letter and four bytes of length.
      if (
        chunk[0] === 0x51 &&
        this.#hold?.pattern.test(
          chunk
            .subarray(5)
            .toString('latin1')
            .replace(/[\s\0]+$/, ''),
        )
      ) {
        held = this.#hold
        this.#hold = undefined
        if (held.when === 'before') return void held.reached()
      }
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (held) held.reached()
      else near.write(chunk)
    })
  }
}
