import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../access/visitor-network.ts'
import type { Gateway } from '../gateway.ts'

/** What strangers may do: each a bucket that all instances share, so that a restart fills none. */
const budgets = {
  /** Pages that one address asks for. */
  page: { capacity: 120, refillPerSecond: 2 },
  /** Numbers that one address looks up. */
  address: { capacity: 10, refillPerSecond: 1 / 60 },
  /** Look-ups of one number, by whomever: a postcode is not guessed within a year. */
  number: { capacity: 10, refillPerSecond: 1 / 300 },
  /** E-mails that one address asks for. */
  follow: { capacity: 5, refillPerSecond: 1 / 600 },
  /** E-mails that one mailbox is asked to confirm. */
  mailbox: { capacity: 3, refillPerSecond: 1 / 28_800 },
} as const

/** Takes one try; the seconds until the next one where there is none left. What is counted is stored as a hash: it may be an address. */
export async function attempt(
  { backbone }: Pick<Gateway, 'backbone'>,
  kind: keyof typeof budgets,
  about: string,
): Promise<number | undefined> {
  const hash = createHash('sha256').update(about.trim().toLowerCase()).digest('hex').slice(0, 32)
  const { granted, waitMs } = await backbone.stores.budgets.take(`tracking-${kind} ${hash}`, budgets[kind], 1)
  return granted > 0 ? undefined : Math.max(1, Math.ceil(waitMs / 1000))
}

/** Who tries: where the visitor comes from, behind proxies of ours as they tell it. */
export function visitorOf({ peers }: Pick<Gateway, 'peers'>, { raw }: Pick<FastifyRequest, 'raw'>): string {
  return networkOf(peers.addressOf(raw))
}
