import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { type DialPolicy, judgeAddress } from './http/judge.ts'

/** Finds all addresses of a name. */
export type Resolver = (hostname: string) => Promise<readonly string[]>

/** Asks as this machine is set up to, hosts file included, and keeps the order of the answers. */
export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address)

/** How a connection comes about, and where it may lead. */
export interface DialOptions extends DialPolicy {
  readonly resolver: Resolver
  readonly connectMs: number
  /** Refused also inside allowed ranges: the hub itself. */
  readonly isOwn: (address: string, port: number) => boolean
}

/** Who follows a dial: sees each socket before it connects, and may call the whole thing off. */
export interface DialWatch {
  readonly trying: (socket: Socket) => void
  readonly isOver: () => boolean
}

/**
 * A connected socket, the only way to get one. The name is resolved once, every answer is judged, only judged addresses are dialled,
 * and the address that was reached is judged once more. Fails with a `refusal`, whose code says why.
 */
export async function dial(host: string, port: number, options: DialOptions, watch?: DialWatch): Promise<Socket> {
  let failure: unknown
  for (const address of await judgedAddresses(host, port, options)) {
    if (watch?.isOver() === true) throw refusal('GIVEN_UP')
    const socket = connect({ host: address, port, noDelay: true })
    watch?.trying(socket)
    try {
      const reached = await ready(socket, 'connect', 'CONNECT_TIMEOUT', options.connectMs)
      refuseBad([reached.remoteAddress ?? ''], port, options)
      return reached
    } catch (error) {
      socket.destroy()
      failure = error
    }
  }
  throw failure
}

/** Where a name leads, all of it judged; never empty. Fails with a `refusal`. */
export async function judgedAddresses(host: string, port: number, options: DialOptions): Promise<readonly string[]> {
  const addresses = isIP(host) > 0 ? [host] : await options.resolver(host)
  if (addresses.length === 0) throw refusal('NAME_UNKNOWN')
  refuseBad(addresses, port, options)
  return addresses.slice(0, addressesTried)
}

/** An error whose code says why nothing was sent. */
export function refusal(code: string): Error & { readonly code: string } {
  return Object.assign(new Error(code), { code })
}

/** The socket, once it has said that it is ready; destroyed when it does not in time. */
export function ready<S extends Socket>(socket: S, event: string, timeoutCode: string, timeoutMs: number): Promise<S> {
  const { promise, resolve, reject } = Promise.withResolvers<S>()
  const timer = setTimeout(() => fail(refusal(timeoutCode)), timeoutMs)
  const fail = (error: Error): void => {
    clearTimeout(timer)
    socket.destroy()
    reject(error)
  }
  const closed = (): void => fail(refusal('CLOSED'))
  socket.once('error', fail)
  socket.once('close', closed)
  socket.once(event, () => {
    clearTimeout(timer)
    socket.off('error', fail)
    socket.off('close', closed)
    resolve(socket)
  })
  return promise
}

const addressesTried = 4

/** One bad address among good ones is an attack, not a choice. */
function refuseBad(addresses: readonly string[], port: number, options: DialOptions): void {
  for (const address of addresses) {
    const refused = judgeAddress(address, port, options)
    if (refused !== undefined) throw refusal(refused)
    if (options.isOwn(address, port)) throw refusal('ADDRESS_REFUSED')
  }
}
