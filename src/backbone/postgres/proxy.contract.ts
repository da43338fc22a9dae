import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A wire between us and the database that a test can cut. */
export interface Proxy {
  readonly url: string
  /**
   * From the next bytes of a client on: `before` drops them and cuts, `after` delivers them and swallows every answer, then cuts,
   * `torn` delivers half of them and nothing more, without a word to either side.
   */
  cutNext(how: 'before' | 'after' | 'torn'): void
  close(): Promise<void>
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port, pathname, username } = new URL(target)
  const sockets = new Set<Socket>()
  let cut: 'before' | 'after' | 'torn' | undefined
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    let deaf = false
    let torn = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        // A machine that is gone closes nothing.
        if (!torn) upstream.destroy()
      })
    }
    client.on('data', (bytes) => {
      const how = cut
      cut = undefined
      if (how === 'before') {
        client.destroy()
        return
      }
      if (torn) return
      torn = how === 'torn'
      upstream.write(torn ? bytes.subarray(0, bytes.length >> 1) : bytes)
      deaf ||= how === 'after'
    })
    upstream.on('data', (bytes) => {
      // The server has answered: what it was asked to do is done.
      if (deaf) client.destroy()
      else client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own = (server.address() as AddressInfo).port
  return {
    url: `postgres://${username}@127.0.0.1:${own}${pathname}`,
    cutNext: (how) => {
      cut = how
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
