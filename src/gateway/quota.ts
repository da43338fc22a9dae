import type { BudgetStore } from '../backbone/stores.ts'
import type { Quotas } from './gateway.ts'

/** What each client may send, by which clock (ms), and who hears of a store that did not answer. */
export interface QuotaOptions {
  readonly store: BudgetStore
  /** Requests per second that one client may send on average, and at once. */
  readonly perSecond: number
  readonly burst: number
  readonly now: () => number
  readonly failed: (error: unknown) => void
}

/**
 * Requests per client. The bucket is a row shared by all instances; each instance takes tokens ahead in portions, so that the hot
 * path asks memory and a restart does not refill anything.
 */
export function quotas(options: QuotaOptions): Quotas {
  const clients = new Map<string, { tokens: number; waitUntil: number; asking: boolean; asked: boolean }>()
  // Of a small quota too a few are held, or two requests in one moment would find none.
  const portion = Math.max(Math.ceil(options.perSecond / 10), Math.min(options.burst, 10))
  const policy = policyOf(options)
  const ask = (client: string, held: { tokens: number; waitUntil: number; asking: boolean; asked: boolean }): void => {
    if (held.asking || options.now() < held.waitUntil) return
    held.asking = true
    options.store
      .take(`quota:${client}`, { capacity: options.burst, refillPerSecond: options.perSecond }, portion)
      .then(({ granted, waitMs }) => {
        held.tokens += granted
        held.waitUntil = granted > 0 ? 0 : options.now() + waitMs
        held.asked = true
      })
      .catch(options.failed)
      .finally(() => {
        held.asking = false
      })
  }
  return {
    take: (client) => {
      let held = clients.get(client)
      if (held === undefined) {
        // The first portion is lent: the store is asked at once, and what it refuses is missing from the next one.
        held = { tokens: portion, waitUntil: 0, asking: false, asked: false }
        if (clients.size > 10_000) clients.clear()
        clients.set(client, held)
      }
      if (held.tokens <= portion / 2) ask(client, held)
      const granted = held.tokens > 0
      if (granted) held.tokens--
      const seconds = Math.max(1, Math.ceil((held.waitUntil - options.now()) / 1000))
      return {
        granted,
        retryAfterSeconds: seconds,
        headers: { ...policy, ratelimit: `"client";r=${held.tokens};t=${seconds}` },
      }
    },
  }
}

/** `RateLimit-Policy` of the IETF draft, as a structured field; `RateLimit` goes with it. Written by hand: this is on every answer. */
function policyOf({ burst, perSecond }: QuotaOptions): { readonly 'ratelimit-policy': string } {
  return { 'ratelimit-policy': `"client";q=${burst};w=${Math.max(1, Math.ceil(burst / perSecond))}` }
}
