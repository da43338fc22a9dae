import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Connections that are open at once, over the ports that share it. Each costs memory and one of the files that the process may have
 * open, which the database and the disk need, too: without an end, whoever only connects would take both. One address may have half of them: the others are for the others.
 */
export class ConnectionRoom {
  readonly most: number
  #open = 0
  #turnedAway = 0
  readonly #byAddress = new Map<string, number>()

  constructor(most: number) {
    this.most = most
  }

  get open(): number {
    return this.#open
  }

  /** From here on nobody keeps a connection without saying something. */
  get isCrowded(): boolean {
    return (
      this.#open > this.most * crowdedShare || Math.max(0, ...this.#byAddress.values()) > this.#mostOfOne * crowdedShare
    )
  }

  /** A place until the socket closes; false where there is none. */
  take(socket: Arrival): boolean {
    const address = socket.remoteAddress ?? ''
    const known = this.#byAddress.get(address) ?? 0
    if (this.#open >= this.most || known >= this.#mostOfOne) {
      this.#turnedAway++
      return false
    }
    this.#open++
    this.#byAddress.set(address, known + 1)
    socket.once('close', () => this.#leave(address))
    return true
  }

  /** How many found no place since the last time somebody asked. */
  turnedAway(): number {
    const count = this.#turnedAway
    this.#turnedAway = 0
    return count
  }

  get #mostOfOne(): number {
    return Math.ceil(this.most / 2)
  }

  #leave(address: string): void {
    this.#open--
    const left = (this.#byAddress.get(address) ?? 1) - 1
    if (left === 0) this.#byAddress.delete(address)
    else this.#byAddress.set(address, left)
  }
}

/** Lets connections in as long as there is room; `turnAway` has the others. Call it last: who listens by then hears of nobody else. */
export function guardRoom(server: Server, room: ConnectionRoom, turnAway: (socket: Socket) => void): void {
  const listeners = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    if (room.take(socket)) for (const listener of listeners) listener.call(server, socket)
    else turnAway(socket)
  })
}

/** What is known of a connection before anybody reads from it. */
interface Arrival {
  readonly remoteAddress?: string | undefined
  once(event: 'close', gone: () => void): unknown
}

const crowdedShare = 0.9
