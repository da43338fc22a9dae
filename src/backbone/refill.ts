import type { Budget } from './stores.ts'

/** A token bucket at an instant: what is in it, how much of a wish it grants, and how long until the next token. */
export function refill(
  bucket: { readonly tokens: number; readonly at: number; readonly heldUntil: number },
  wish: { readonly budget: Budget; readonly wanted: number; readonly now: number },
): { readonly tokens: number; readonly granted: number; readonly waitMs: number } {
  const { budget, wanted, now } = wish
  const filled = Math.min(
    budget.capacity,
    bucket.tokens + (Math.max(0, now - bucket.at) * budget.refillPerSecond) / 1000,
  )
  if (bucket.heldUntil > now) return { tokens: filled, granted: 0, waitMs: bucket.heldUntil - now }
  const granted = Math.min(wanted, Math.floor(filled))
  const tokens = filled - granted
  const missing = Math.max(0, 1 - tokens)
  return { tokens, granted, waitMs: granted === wanted ? 0 : Math.ceil((missing * 1000) / budget.refillPerSecond) }
}
