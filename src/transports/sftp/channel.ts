import type { SFTPWrapper } from 'ssh2'
import { FolderFailure, type FolderFailureCode } from '../files/folder.ts'
import type { SftpSession } from './session.ts'

/** Takes the answer of the library: an error, or what was asked for. */
export type Answer<T> = (error: Error | null | undefined, value?: T) => void

/** Requests over a session that is opened when needed. Each has its own time; one that gets no answer ends the session. */
export class Channel {
  readonly #open: () => Promise<SftpSession>
  readonly #timeoutMs: number
  #session: Promise<SftpSession> | undefined

  constructor(open: () => Promise<SftpSession>, timeoutMs: number) {
    this.#open = open
    this.#timeoutMs = timeoutMs
  }

  /** A request that changes nothing at the other side. Fails with a `FolderFailure`. */
  ask<T>(request: (sftp: SFTPWrapper, answer: Answer<T>) => void): Promise<T> {
    return this.#send(request, false)
  }

  /** A request that may have changed something when it gets no answer. Fails with a `FolderFailure`. */
  change<T = void>(request: (sftp: SFTPWrapper, answer: Answer<T>) => void): Promise<T> {
    return this.#send(request, true)
  }

  async with<T>(work: (sftp: SFTPWrapper) => T): Promise<T> {
    const session = await this.#current()
    return work(session.sftp)
  }

  end(): void {
    const session = this.#session
    this.#session = undefined
    session?.then(
      ({ end }) => end(),
      () => undefined,
    )
  }

  async #send<T>(request: (sftp: SFTPWrapper, answer: Answer<T>) => void, wire: boolean): Promise<T> {
    const { sftp } = await this.#current()
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const timer = setTimeout(() => {
      this.end()
      reject(new FolderFailure('TIMEOUT', 'the server does not answer', wire))
    }, this.#timeoutMs)
    try {
      request(sftp, (error, value) => (error ? reject(failureOf(error, wire)) : resolve(value as T)))
    } catch (error) {
      // A path that is refused here; else the library, which sends nothing on a channel that has ended.
      reject(
        error instanceof FolderFailure
          ? error
          : new FolderFailure('CLOSED', error instanceof Error ? error.message : 'the channel has ended'),
      )
    }
    return promise.finally(() => clearTimeout(timer))
  }

  /** Requests that come together share the opening of one session. */
  async #current(): Promise<SftpSession> {
    for (;;) {
      const awaited = (this.#session ??= this.#open())
      try {
        const session = await awaited
        if (!session.ended()) return session
      } catch (error) {
        if (this.#session === awaited) this.#session = undefined
        throw error
      }
      if (this.#session === awaited) this.#session = undefined
    }
  }
}

/** Status codes of the SFTP protocol, draft-ietf-secsh-filexfer-02 §7 and -13 §9.1. */
const meanings: Readonly<Record<number, FolderFailureCode>> = {
  1: 'ENDED',
  2: 'MISSING',
  3: 'DENIED',
  4: 'DENIED',
  8: 'UNSUPPORTED',
  10: 'MISSING',
  11: 'EXISTS',
  12: 'DENIED',
  14: 'FULL',
  15: 'FULL',
  20: 'NAME_REFUSED',
}

function failureOf(error: Error & { readonly code?: unknown }, wire: boolean): FolderFailure {
  const code = typeof error.code === 'number' ? meanings[error.code] : undefined
  return code === undefined
    ? new FolderFailure('CLOSED', 'the server closed the channel', wire)
    : new FolderFailure(code, error.message.slice(0, 200))
}
