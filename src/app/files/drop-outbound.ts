import { join } from 'node:path'
import type { Outbound } from '../../flow/ports.ts'
import { type DialOptions, systemResolver } from '../../transports/dial.ts'
import { Drop, type Envelope } from '../../transports/files/drop.ts'
import { FolderFailure } from '../../transports/files/folder.ts'
import { LocalFolder } from '../../transports/files/local-folder.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { KeyRing } from '../../transports/pgp/key-ring.ts'
import type { DeclaredDrop } from './drop-declaration.ts'
import type { DeclaredSeal } from './pgp-declaration.ts'

/** The drops that are declared, and the way out for everything else. */
export interface DropOutboundOptions {
  /** For everything that is no file. */
  readonly others: Outbound
  readonly drops: readonly DeclaredDrop[]
  readonly isOwn: DialOptions['isOwn']
  /** The data directory, where mailboxes are. */
  readonly directory: string
  /** Milliseconds that only grow, as in `startBefore`. */
  readonly mono: () => number
}

/**
 * Requests whose address begins with `drop:` are documents for the folder of their connection: PUT puts one there under the name that
 * follows, GET looks what lies there. Answers are those of HTTP: 201 stored, 200 the same lies there, 409 another one does, 404 none.
 */
export class DropOutbound implements Outbound {
  readonly #options: DropOutboundOptions
  #drops: ReadonlyMap<string, OpenDrop> = new Map()

  constructor(options: DropOutboundOptions) {
    this.#options = options
    this.update(options.drops)
  }

  /** From now on with these drops. One that is as it was stays open; one that is not closes when nothing is under way any more. */
  update(drops: readonly DeclaredDrop[]): void {
    const old = this.#drops
    this.#drops = new Map(
      drops.map((declared) => {
        const known = old.get(declared.connection.id)
        const isSame = known?.fingerprint !== undefined && known.fingerprint === declared.fingerprint
        return [declared.connection.id, isSame ? known : new OpenDrop(this.#open(declared), declared.fingerprint)]
      }),
    )
    const kept = new Set(this.#drops.values())
    for (const one of old.values()) if (!kept.has(one)) one.retire()
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    if (!request.url.startsWith(scheme)) return this.#options.others.send(request)
    const open = this.#drops.get(request.pool)
    if (open === undefined) return { outcome: 'not_sent', wire: false, code: 'NO_DROP_DECLARED' }
    if (request.startBefore !== undefined && this.#options.mono() >= request.startBefore)
      return { outcome: 'not_sent', wire: false, code: 'TOO_LATE' }
    const name = decodeURIComponent(request.url.slice(scheme.length))
    return open.use((drop) =>
      request.method === 'PUT' ? this.#put(drop, name, request) : this.#look(drop, name, request),
    )
  }

  async close(): Promise<void> {
    for (const { drop } of this.#drops.values()) await drop.close()
  }

  #open({ connection, place, companion, pgp }: DeclaredDrop): Drop {
    const rules = { companion, envelope: pgp === undefined ? undefined : envelopeOf(pgp) }
    if ('mailbox' in place)
      return new Drop(new LocalFolder(join(this.#options.directory, 'mailboxes', place.mailbox, 'out')), rules)
    const folder = place.open({
      allowHttp: false,
      allowedCidrs: connection.outbound.allowedCidrs,
      ...(place.port === undefined ? {} : { allowedPorts: [place.port] }),
      resolver: systemResolver,
      connectMs: 10_000,
      isOwn: this.#options.isOwn,
    })
    return new Drop(folder, rules)
  }

  async #put(drop: Drop, name: string, { body = new Uint8Array() }: HttpRequest): Promise<HttpResult> {
    const ended = await drop.put(name, body)
    if (ended.outcome === 'not_sent') return { outcome: 'not_sent', wire: false, code: ended.code }
    if (ended.outcome === 'unknown') return { outcome: 'no_answer', wire: true, code: ended.code }
    return answer(statuses[ended.outcome])
  }

  async #look(drop: Drop, name: string, { maxResponseBytes }: HttpRequest): Promise<HttpResult> {
    try {
      const found = await drop.look(name, maxResponseBytes)
      return found === undefined ? answer(404) : answer(200, found)
    } catch (error) {
      return { outcome: 'not_sent', wire: false, code: error instanceof FolderFailure ? error.code : 'UNKNOWN' }
    }
  }
}

function envelopeOf({ keys, encrypt, sign, armor, ending, detached }: DeclaredSeal): Envelope {
  const ring = new KeyRing(keys)
  const close = (): Promise<void> => ring.close()
  const beside =
    detached === undefined
      ? {}
      : { signature: { ending: detached, of: (sealed: Uint8Array) => ring.sign(sealed, { armor }) } }
  if (detached !== undefined && !encrypt) {
    const holds = async (found: Uint8Array, content: Uint8Array): Promise<boolean> =>
      Buffer.compare(found, content) === 0
    return { ending, seal: async (content) => content, holds, close, ...beside }
  }
  return {
    ...beside,
    ending,
    seal: (content) => ring.seal(content, { encrypt, sign: sign && detached === undefined, armor }),
    holds: (sealed, content) => ring.holds(sealed, content),
    close,
  }
}

/** A drop, and how many documents are on their way into it. */
class OpenDrop {
  readonly drop: Drop
  readonly fingerprint: string | undefined
  #users = 0
  #isRetired = false

  constructor(drop: Drop, fingerprint: string | undefined) {
    this.drop = drop
    this.fingerprint = fingerprint
  }

  async use<T>(work: (drop: Drop) => Promise<T>): Promise<T> {
    this.#users++
    try {
      return await work(this.drop)
    } finally {
      this.#users--
      if (this.#isRetired && this.#users === 0) await this.drop.close()
    }
  }

  /** Nothing new goes into it. */
  retire(): void {
    this.#isRetired = true
    // A session that cannot say goodbye ends by itself.
    if (this.#users === 0) this.drop.close().catch(() => {})
  }
}

const scheme = 'drop:'
const statuses = { stored: 201, present: 200, taken: 409 } as const

function answer(status: number, body: Uint8Array = new Uint8Array()): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body }
}
