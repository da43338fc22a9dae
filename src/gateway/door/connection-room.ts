import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Connections that are open at once, over the ports that share it. Each costs memory and one of the files that the process may have
 * open, which the database and the disk need, too: without an end, whoever only connects would take both.
 */
export class ConnectionRoom {
  readonly most: number
  #open = 0
  #turnedAway = 0

  constructor(most: number) {
    this.most = most
  }

  get open(): number {
    return this.#open
  }

  /** From here on nobody keeps a connection without saying something. */
  get isCrowded(): boolean {
    return this.#open > this.most * crowdedShare
  }

  /** A place until the socket closes; false where there is none. */
  take(socket: Socket): boolean {
    if (this.#open >= this.most) {
      this.#turnedAway++
      return false
    }
    this.#open++
    socket.once('close', () => this.#open--)
    return true
  }

  /** How many found no place since the last time somebody asked. */
  turnedAway(): number {
    const count = this.#turnedAway
    this.#turnedAway = 0
    return count
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

const crowdedShare = 0.9
