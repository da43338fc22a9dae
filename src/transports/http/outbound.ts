import { type Resolver, systemResolver } from '../dial.ts'
import { Attempt } from './attempt.ts'
import { judgeUrl } from './judge.ts'
import type { LineOptions } from './line.ts'
import { Pool } from './pool.ts'
import type { HttpRequest, HttpResult, OutboundClock } from './request.ts'

/**
 * The one client for everything that leaves. Judges the literal, the resolved and the connected address; follows no redirect; knows
 * no proxy of the environment; says exactly whether a byte can have left (`wire`), which no error code does. Never rejects.
 */
export class GuardedClient {
  readonly #line: Pick<LineOptions, 'resolver' | 'connectMs' | 'isOwn'>
  readonly #clock: OutboundClock
  readonly #pools = new Map<string, Pool>()
  #closed = false

  constructor(options: OutboundOptions = {}) {
    this.#clock = options.clock ?? systemClock
    this.#line = {
      resolver: options.resolver ?? systemResolver,
      connectMs: options.connectMs ?? 5000,
      isOwn: options.isOwn ?? (() => false),
    }
  }

  send(request: HttpRequest): Promise<HttpResult> {
    if (this.#closed) return notSent('CLIENT_CLOSED')
    const url = judgeUrl(request.url, request)
    if (typeof url === 'string') return notSent(url)
    for (const name in request.headers) if (ownHeaders.has(name.toLowerCase())) return notSent('HEADER_REFUSED')
    const attempt = new Attempt(request, this.#clock)
    this.#pool(request, url.origin).run(attempt, `${url.pathname}${url.search}`, request.concurrency)
    return attempt.result
  }

  /** Resets what is out; whatever waits was not sent. */
  async close(): Promise<void> {
    this.#closed = true
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.all(pools.map((pool) => pool.close()))
  }

  #pool(request: HttpRequest, origin: string): Pool {
    const key = `${request.pool} ${origin}`
    const known = this.#pools.get(key)
    const options: LineOptions = {
      origin,
      allowHttp: request.allowHttp,
      allowedCidrs: request.allowedCidrs,
      ...(request.allowedPorts === undefined ? {} : { allowedPorts: request.allowedPorts }),
      ...(request.authorities === undefined ? {} : { authorities: request.authorities }),
      ...(request.certificate === undefined ? {} : { certificate: request.certificate }),
      ...this.#line,
    }
    if (known?.serves(options) === true) return known
    // A line that was opened under rules that no longer hold must not be used again.
    known?.retire('RULES_CHANGED')
    this.#makeRoom()
    const made = new Pool(options)
    this.#pools.set(key, made)
    return made
  }

  #makeRoom(): void {
    if (this.#pools.size < poolsMost) return
    for (const [key, pool] of this.#pools) {
      if (!pool.isIdle) continue
      pool.retire('RULES_CHANGED')
      this.#pools.delete(key)
    }
  }
}

/** The resolver and the clocks of this machine, and 5,000 ms for a connection, where nothing else is given. */
export interface OutboundOptions {
  readonly resolver?: Resolver
  readonly connectMs?: number
  readonly clock?: OutboundClock
  /** Refuses destinations even inside allowed ranges: see `ownMachine`. */
  readonly isOwn?: (address: string, port: number) => boolean
}

const systemClock: OutboundClock = { mono: () => performance.now(), wall: () => Date.now() }

const poolsMost = 1000

/** Belong to the connection, not to the request: whoever sets them means another host or a second request. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

function notSent(code: string): Promise<HttpResult> {
  return Promise.resolve({ outcome: 'not_sent', wire: false, code })
}
