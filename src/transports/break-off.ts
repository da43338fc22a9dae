import type { Socket } from 'node:net'

/**
 * Ends a connection with a reset, so that nothing more of it is delivered; `secure` is the TLS over it. One that is just saying goodbye
 * is reset when it has said it: libuv refuses a reset in that moment, and Node then forgets the socket without ever closing it.
 */
export function breakOff(raw: Socket, secure: Socket = raw): void {
  const now = (): void => {
    if (!raw.destroyed) raw.resetAndDestroy()
    secure.destroy()
  }
  if (isSayingGoodbye(raw) || isSayingGoodbye(secure)) setImmediate(now)
  else now()
}

function isSayingGoodbye({ writableEnded, writableFinished, writableLength }: Socket): boolean {
  return writableEnded && !writableFinished && writableLength === 0
}
