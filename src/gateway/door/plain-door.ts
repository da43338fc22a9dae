import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Gateway } from '../gateway.ts'
import { problemOf } from '../problem.ts'
import { problemHeaders } from '../response.ts'
import type { Arriving } from './arriving.ts'
import type { ConnectionRoom } from './connection-room.ts'
import { connectionOf, greeting, take } from './ingest.ts'
import { keepAliveSeconds } from './keep-alive.ts'
import type { PlainAnswer } from './plain-answer.ts'
import { type LineOwner, PlainLine } from './plain-line.ts'
import type { PlainRequest } from './plain-request.ts'

/**
 * Stands before node:http on the same port and serves plain requests for the hot door itself: half of what a small webhook costs
 * otherwise is objects that node:http makes for it. Everything else goes through, and is read, bounded and refused there.
 */
export class PlainDoor implements LineOwner {
  readonly arriving: Arriving
  readonly adopt: (socket: Socket) => void
  readonly cutShort: (socket: Socket) => void
  readonly #room: ConnectionRoom
  readonly #gateway: Gateway
  readonly #lines = new Set<PlainLine>()
  #closing = false

  constructor(
    server: Server,
    gateway: Gateway,
    { arriving, room, cutShort }: Pick<LineOwner, 'arriving' | 'cutShort'> & { readonly room: ConnectionRoom },
  ) {
    this.#gateway = gateway
    this.#room = room
    this.arriving = arriving
    this.cutShort = cutShort
    const listeners = server.listeners('connection')
    server.removeAllListeners('connection')
    this.adopt = (socket) => {
      for (const listener of listeners) listener.call(server, socket)
    }
    server.on('connection', (socket: Socket) => this.#lines.add(new PlainLine(this, socket)))
    const sweeping = setInterval(() => this.sweep(), 1000).unref()
    server.on('close', () => clearInterval(sweeping))
  }

  get closing(): boolean {
    return this.#closing
  }

  readonly now = (): number => this.#gateway.now()

  readonly forget = (line: PlainLine): void => {
    this.#lines.delete(line)
  }

  sweep(now: number = performance.now()): void {
    const silentMost = this.#room.isCrowded ? crowdedSilenceMs : keepAliveSeconds * 1000
    for (const line of this.#lines) line.sweep(now, silentMost)
  }

  /** Ends connections that wait for a request; those that wait for an answer end with it. */
  close(): void {
    this.#closing = true
    for (const line of this.#lines) line.close()
  }

  readonly serve = async ({ target, headers, body }: PlainRequest): Promise<PlainAnswer> => {
    const gateway = this.#gateway
    const trace = gateway.traces.next()
    const said = greeting(gateway, trace)
    let connection: Connection | undefined
    try {
      connection = connectionOf(gateway, target)
      const { bodyBytesMax: bytesMax } = connection
      if (body.length > bytesMax) throw new InterlineError('BODY_TOO_LARGE', { bytesMax })
      const text = await take(gateway, { connection, target, headers, certificate, body, trace, said, isProven: false })
      return { status: 202, headers: said, body: text }
    } catch (error) {
      gateway.refused(connection?.id, error)
      const problem = problemOf(error, trace)
      return {
        status: problem.status,
        headers: { ...said, ...problemHeaders(error, problem), 'x-request-id': trace },
        body: JSON.stringify(problem),
      }
    }
  }
}

/** Where there is hardly room, whoever is silent for so long comes again when there is something to say. */
const crowdedSilenceMs = 1000

/** This door has none; what a proxy says of one makes a request one that is not plain. */
function certificate(): undefined {}
