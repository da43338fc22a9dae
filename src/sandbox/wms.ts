import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'
import { readObject } from './peer.ts'

const deliveriesMax = 1_000_000

/** The warehouse as it is asked: `PUT /deliveries/{number}` releases a delivery to the floor; again changes nothing. */
export class Wms implements Peer {
  readonly deliveries = new Map<string, Readonly<Record<string, unknown>>>()

  handle({ method, path, body }: PeerRequest): PeerAnswer {
    const [, root, number] = path.split('/')
    if (root !== 'deliveries' || number === undefined || number === '') return { status: 404 }
    if (method === 'GET') {
      const found = this.deliveries.get(number)
      return found === undefined ? { status: 404 } : { status: 200, body: found }
    }
    if (method !== 'PUT') return { status: 405 }
    const content = readObject(body)
    if (content === undefined) return { status: 400 }
    const isNew = !this.deliveries.has(number)
    if (isNew && this.deliveries.size >= deliveriesMax) return { status: 503, headers: { 'retry-after': '60' } }
    this.deliveries.set(number, content)
    return { status: isNew ? 201 : 200, body: { deliveryNumber: number } }
  }
}
