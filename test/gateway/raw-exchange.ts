import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Writes bytes to a socket as no well-behaved client would, and reads what comes back until the other side closes. `write` may go on
 * writing as long as it likes; a reset after the answer is not an error.
 */
export function rawExchange(port: number, write: (socket: Socket) => void): Promise<RawAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<RawAnswer | undefined>()
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  const done = (): void => {
    socket.destroy()
    resolve(readAnswer(text))
  }
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
    if (isWhole(text)) done()
  })
  socket.on('end', done)
  socket.on('close', done)
  socket.on('error', () => {
    // What was answered before the reset counts.
  })
  socket.once('connect', () => write(socket))
  return promise
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
  return end >= 0 && length !== undefined && text.length >= end + 4 + Number(length)
}

function readAnswer(text: string): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { status: Number(first.split(' ')[1]), headers, body: text.slice(end + 4) }
}
