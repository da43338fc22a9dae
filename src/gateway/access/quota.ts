import type { BudgetStore } from '../../backbone/stores.ts'
import type { Quotas } from '../gateway.ts'

/** Requests that one client may send. */
export interface Quota {
  /** On average. */
  readonly perSecond: number
  /** At once, after a pause. */
  readonly burst: number
}

/** What each client may send, by which clock (ms), and who hears of a store that did not answer. */
export interface QuotaOptions {
  readonly store: BudgetStore
  /** Of this client, or what everybody has. Asked for each request. */
  readonly quotaOf: (tenant: string, client: string) => Quota
  readonly now: () => number
  readonly failed: (error: unknown) => void
}

/** Used here and not yet taken from the bucket that all instances share, and how that bucket was when it was last asked. */
interface Account {
  used: number
  left: number
  /** When `left` was true, ms; undefined before the first answer. */
  at: number | undefined
  asking: boolean
}

/** How full a bucket is. */
export interface QuotaLevel {
  /** Requests that may be sent at once now; below zero where some are owed. */
  readonly left: number
  /** Until all of it may be used again; 0: now. */
  readonly secondsUntilFull: number
}

/** Name of the bucket that all instances share. */
export function bucketOf(client: string): string {
  return `quota:${client}`
}

/** A bucket as it is at an instant (ms), from when it was asked last; undefined: nobody has, and it is full. */
export function levelOf(
  { perSecond, burst }: Quota,
  seen: { readonly left: number; readonly at: number } | undefined,
  now: number,
): QuotaLevel {
  const left = seen === undefined ? burst : Math.min(burst, seen.left + (Math.max(0, now - seen.at) * perSecond) / 1000)
  return { left: Math.floor(left), secondsUntilFull: Math.max(0, Math.ceil((burst - left) / perSecond)) }
}

const clientsMost = 10_000
/** Longest time that something used stays untold while requests come. */
const settleMs = 200

/**
 * Requests per client. The bucket is a row that all instances share; each grants by what it knew last, and takes what it granted from the
 * bucket in portions, a few times a second: no request waits for the database. What was granted beyond the bucket, because another
 * instance was faster, is paid back before anything more is granted: at most half a second of the quota for each instance, or ten
 * requests where that is more. A restart refills nothing.
 */
export function quotas(options: QuotaOptions): Quotas {
  const accounts = new Map<string, Account>()
  const accountOf = (client: string, { burst }: Quota): Account => {
    let found = accounts.get(client)
    if (found === undefined) {
      found = { used: 0, left: burst, at: undefined, asking: false }
      if (accounts.size >= clientsMost) accounts.clear()
      accounts.set(client, found)
    }
    return found
  }
  return {
    take: ({ tenant, client }) => {
      const quota = options.quotaOf(tenant, client)
      const account = accountOf(client, quota)
      const now = options.now()
      const left = leftOf(account, quota, now)
      const granted = left >= 1 && account.used < untoldMost(quota)
      if (granted) account.used++
      if (isDue(account, quota, now)) settle(options, account, { client, quota })
      return { granted, ...toldOf(granted ? left - 1 : left, granted, quota) }
    },
  }
}

/** What is left in the bucket as far as this instance knows; below zero where more was granted than there was. */
function leftOf({ used, left, at }: Account, { perSecond, burst }: Quota, now: number): number {
  const filled = at === undefined ? left : left + (Math.max(0, now - at) * perSecond) / 1000
  return Math.min(burst, filled) - used
}

/** More than this is not granted before the bucket has answered. */
function untoldMost({ perSecond, burst }: Quota): number {
  return Math.min(burst, Math.max(10, Math.ceil(perSecond / 2)))
}

function isDue({ used, at, asking }: Account, quota: Quota, now: number): boolean {
  if (asking || used === 0) return false
  return at === undefined || now - at >= settleMs || used >= untoldMost(quota) / 10
}

/** Takes what was used from the bucket; what is not in it stays owed. */
function settle(
  { store, now, failed }: QuotaOptions,
  account: Account,
  { client, quota }: { readonly client: string; readonly quota: Quota },
): void {
  account.asking = true
  const { perSecond, burst } = quota
  store
    .take(bucketOf(client), { capacity: burst, refillPerSecond: perSecond }, account.used)
    .then(({ granted, left }) => {
      account.used -= granted
      account.left = left
      account.at = now()
    })
    .catch(failed)
    .finally(() => {
      account.asking = false
    })
}

/** `RateLimit-Policy` and `RateLimit` of the IETF draft, as structured fields. Written by hand: they are on every answer. */
function toldOf(
  left: number,
  granted: boolean,
  { perSecond, burst }: Quota,
): { readonly headers: Readonly<Record<string, string>>; readonly retryAfterSeconds: number } {
  const untilFull = Math.max(0, Math.ceil((burst - left) / perSecond))
  const window = Math.max(1, Math.ceil(burst / perSecond))
  return {
    retryAfterSeconds: granted ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond)),
    headers: {
      'ratelimit-policy': `"client";q=${burst};w=${window}`,
      ratelimit: `"client";r=${granted ? Math.max(0, Math.floor(left)) : 0};t=${untilFull}`,
    },
  }
}
