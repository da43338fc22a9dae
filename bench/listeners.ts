import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** Screens that are open and listen, by raw sockets: they must cost less than what they measure. */
export interface Listeners {
  readonly host: string
  readonly port: number
  readonly path: string
  readonly key: string
  readonly count: number
}

/** What all of them heard together. */
export interface Heard {
  readonly open: number
  readonly closed: number
  readonly bytes: number
  readonly events: number
}

/** Opens them all. Resolves once each was answered; what is heard is counted until `closeAll`. */
export async function listen(of: Listeners): Promise<{ readonly heard: () => Heard; readonly closeAll: () => void }> {
  let [open, closed, bytes, events] = [0, 0, 0, 0]
  const head = `GET ${of.path} HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${of.key}\r\n\r\n`
  const sockets = await Promise.all(
    Array.from({ length: of.count }, () => {
      const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof connect>>()
      const socket = connect({ host: of.host, port: of.port })
      let isAnswered = false
      socket.once('connect', () => socket.write(head))
      socket.once('error', reject)
      socket.once('close', () => closed++)
      socket.on('data', (chunk) => {
        bytes += chunk.length
        for (let at = chunk.indexOf('\ndata:'); at >= 0; at = chunk.indexOf('\ndata:', at + 1)) events++
        if (isAnswered) return
        isAnswered = true
        open++
        if (chunk.toString('latin1', 9, 12) === '200') resolve(socket)
        else reject(new Error(`a stream was answered ${chunk.toString('latin1', 0, 200)}`))
      })
      return promise
    }),
  )
  return {
    heard: () => ({ open, closed, bytes, events }),
    closeAll: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

if (parentPort !== null) {
  const port = parentPort
  const { heard, closeAll } = await listen(workerData as Listeners)
  port.on('message', () => {
    port.postMessage(heard())
    closeAll()
    port.close()
  })
  port.postMessage('listening')
}
