import type { HubAnswer } from '../../hub-process.ts'
import { AskedHub } from '../asked-hub.ts'

/** One hub that all tests of the API ask: in the end, every operation of its document must have been asked. */
export class ApiUnderTest {
  #asked: AskedHub | undefined
  #keys = 0

  async start(...options: Parameters<typeof AskedHub.start>): Promise<void> {
    this.#asked = await AskedHub.start(...options)
  }

  get asked(): AskedHub {
    if (this.#asked === undefined) throw new Error('the hub has not been started')
    return this.#asked
  }

  readonly ask: AskedHub['ask'] = (...parameters) => this.asked.ask(...parameters)
  readonly send: AskedHub['send'] = (...parameters) => this.asked.send(...parameters)

  shipment(reference: string): Promise<string> {
    return this.asked.shipment(reference)
  }

  /** A header that makes an order one order. */
  once(): Record<string, string> {
    return { 'idempotency-key': `"key ${this.#keys++}"` }
  }

  /** The warehouse tells a movement. */
  move(id: string, sku: string, movement: Record<string, unknown> = {}): Promise<HubAnswer> {
    const data = {
      movement: 'receipt',
      sku,
      quantity: '7',
      uom: 'EA',
      to: { location: 'N-1' },
      document: { kind: 'test', id },
      ...movement,
    }
    const event = { eventId: id, type: 'movement', occurredAt: '2026-04-01T11:00:00Z', data }
    return this.ask('POST', '/v1/inbound/warehouse', { json: event })
  }
}
