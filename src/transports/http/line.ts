import { lookup as systemLookup } from 'node:dns/promises'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client } from 'undici'
import { mayCall } from './judge.ts'

/** Finds all addresses of a name. Replaced in tests. */
export type Resolver = (hostname: string) => Promise<readonly string[]>

export const systemResolver: Resolver = async (hostname) =>
  (await systemLookup(hostname, { all: true, verbatim: true })).map(({ address }) => address)

export interface LineOptions {
  readonly origin: string
  readonly allowedCidrs: readonly string[]
  readonly resolver: Resolver
  readonly connectMs: number
  /** PEM certificates of a private authority. */
  readonly authorities?: readonly string[]
}

/**
 * One connection to one origin. The raw socket below TLS is kept, because giving up must reset it: otherwise the kernel goes on
 * delivering what the hub has given up on.
 */
export class Line {
  readonly client: Client
  busy = false
  #raw: Socket | undefined

  constructor(options: LineOptions) {
    this.client = new Client(options.origin, {
      pipelining: 1,
      maxHeaderSize: 32 * 1024,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 20_000,
      connect: (target, callback) => {
        this.#connect(options, {
          hostname: target.hostname,
          port: Number(target.port || (target.protocol === 'https:' ? 443 : 80)),
          secure: target.protocol === 'https:',
        }).then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
        )
      },
    })
  }

  /** Ends the connection so that nothing more of it reaches the other side. */
  reset(): void {
    if (this.#raw !== undefined && !this.#raw.destroyed) this.#raw.resetAndDestroy()
    this.client.destroy().catch(() => {
      // Already gone: the reset above is what counts.
    })
  }

  async #connect(
    options: LineOptions,
    target: { readonly hostname: string; readonly port: number; readonly secure: boolean },
  ): Promise<Socket> {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host) > 0 ? [host] : await options.resolver(host)
    // Every answer is judged: one bad address among good ones is a rebinding attempt.
    if (addresses.length === 0 || !addresses.every((address) => mayCall(address, options.allowedCidrs)))
      throw refusal('ADDRESS_REFUSED')
    const raw = await dial(addresses[0] ?? '', target.port, options.connectMs)
    this.#raw = raw
    if (raw.remoteAddress === undefined || !mayCall(raw.remoteAddress, options.allowedCidrs)) {
      raw.resetAndDestroy()
      throw refusal('ADDRESS_REFUSED')
    }
    return target.secure ? secured(raw, host, options) : raw
  }
}

function dial(host: string, port: number, connectMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connectTcp({ host, port, noDelay: true })
  const timer = setTimeout(() => {
    socket.destroy()
    reject(refusal('CONNECT_TIMEOUT'))
  }, connectMs)
  socket.once('connect', () => {
    clearTimeout(timer)
    resolve(socket)
  })
  socket.once('error', (error) => {
    clearTimeout(timer)
    reject(error)
  })
  return promise
}

function secured(raw: Socket, servername: string, options: LineOptions): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connectTls({
    socket: raw,
    ...(isIP(servername) > 0 ? {} : { servername }),
    host: servername,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    ...(options.authorities === undefined ? {} : { ca: [...options.authorities] }),
  })
  const timer = setTimeout(() => {
    raw.resetAndDestroy()
    reject(refusal('TLS_TIMEOUT'))
  }, options.connectMs)
  socket.once('secureConnect', () => {
    clearTimeout(timer)
    resolve(socket)
  })
  socket.once('error', (error) => {
    clearTimeout(timer)
    reject(error)
  })
  return promise
}

/** An error whose code says why nothing was sent. */
export function refusal(code: string): Error & { readonly code: string } {
  return Object.assign(new Error(code), { code })
}
