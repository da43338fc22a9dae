import type { Faults } from './faults.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'

interface Webhook {
  readonly id: string
  readonly object: 'Webhook'
  readonly url: string
  readonly mode: 'test'
}

/**
 * The API of the parcel carrier's aggregator: takes webhook registrations, each as one more, as the real one does, and answers questions
 * about trackers with what has been told about them so far.
 */
export class SandboxEasypost implements Peer {
  readonly webhooks: Webhook[] = []
  readonly #trackers = new Map<string, unknown>()
  readonly #faults: Faults
  readonly #random: () => number

  constructor(faults: Faults, random: () => number) {
    this.#faults = faults
    this.#random = random
  }

  /** URLs that are called more than once for each event. */
  get doubles(): number {
    return this.webhooks.length - new Set(this.webhooks.map(({ url }) => url)).size
  }

  /** An event that the hub is told, or would be told if it were called. */
  know(event: unknown): void {
    const tracker = memberOf(event, 'result')
    const number = memberOf(tracker, 'tracking_code')
    if (typeof number === 'string') this.#trackers.set(number, tracker)
  }

  handle(request: PeerRequest): PeerAnswer {
    if (this.#strikes('unavailable')) return { status: 503, headers: { 'retry-after': '2' } }
    const { method, path, query } = request
    if (request.headers['authorization'] === undefined)
      return { status: 401, body: { error: { code: 'UNAUTHORIZED' } } }
    if (method === 'POST' && path === '/v2/webhooks') return this.#register(request.body)
    if (method === 'GET' && path === '/v2/webhooks') return { status: 200, body: { webhooks: this.webhooks } }
    if (method === 'GET' && path === '/v2/trackers') {
      const tracker = this.#trackers.get(query.get('tracking_code') ?? '')
      return { status: 200, body: { trackers: tracker === undefined ? [] : [tracker], has_more: false } }
    }
    return { status: 404, body: { error: { code: 'NOT_FOUND' } } }
  }

  #register(text: string): PeerAnswer {
    const url = memberOf(memberOf(readJson(text), 'webhook'), 'url')
    if (typeof url !== 'string' || !URL.canParse(url))
      return { status: 422, body: { error: { code: 'PARAMETER.INVALID' } } }
    const made: Webhook = { id: `hook_${this.webhooks.length + 1}`, object: 'Webhook', url, mode: 'test' }
    this.webhooks.push(made)
    return { status: 201, body: made, ...(this.#strikes('lostReply') ? { lost: true } : {}) }
  }

  #strikes(fault: string): boolean {
    return this.#faults.strikes(`easypost.${fault}`, this.#random)
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}
