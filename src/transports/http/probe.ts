import { isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { dial, judgedAddresses, ready } from '../dial.ts'
import { bareHost, judgeUrl, portOf } from './judge.ts'
import type { LineOptions } from './line.ts'

/** How far one gets towards an address without saying anything. */
export type Probe =
  | {
      readonly outcome: 'reached'
      readonly addresses: readonly string[]
      /** Milliseconds since 1970 when the certificate of the server ends; undefined without TLS. */
      readonly certificateUntil?: number
    }
  | { readonly outcome: 'failed'; readonly step: 'address' | 'name' | 'connection' | 'tls'; readonly code: string }

/** Resolves the name, connects, and does the handshake where there is one; then hangs up. Nothing is sent above TLS. */
export async function probe(text: string, line: Omit<LineOptions, 'origin'>): Promise<Probe> {
  const url = judgeUrl(text, line)
  if (typeof url === 'string') return { outcome: 'failed', step: 'address', code: url }
  const [host, port] = [bareHost(url.hostname), portOf(url)]
  let step: 'name' | 'connection' | 'tls' = 'name'
  try {
    const addresses = await judgedAddresses(host, port, line)
    step = 'connection'
    const raw = await dial(host, port, line)
    try {
      if (url.protocol === 'http:') return { outcome: 'reached', addresses }
      step = 'tls'
      raw.on('error', () => {})
      const name = host.replace(/\.$/, '')
      const socket = connectTls({
        socket: raw,
        host: name,
        ...(isIP(name) > 0 ? {} : { servername: name }),
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        ...(line.authorities === undefined ? {} : { ca: [...line.authorities] }),
        ...(line.certificate === undefined ? {} : { cert: line.certificate.certificate, key: line.certificate.key }),
      })
      const secure = await ready(socket, 'secureConnect', 'TLS_TIMEOUT', line.connectMs)
      const until = secure.getPeerX509Certificate()?.validToDate.getTime()
      secure.destroy()
      return { outcome: 'reached', addresses, ...(until === undefined ? {} : { certificateUntil: until }) }
    } finally {
      raw.destroy()
    }
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    return { outcome: 'failed', step, code: typeof code === 'string' ? code : 'UNKNOWN' }
  }
}
