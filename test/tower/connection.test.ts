import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listen } from '../../web/src/live/connection.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** How often the hub is asked within a minute while it, or something before it, says this of when to come back. */
async function asked(retryAfter: string | undefined): Promise<number> {
  let count = 0
  vi.stubGlobal('fetch', async () => {
    count++
    return new Response('', { status: 503, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } })
  })
  const end = new AbortController()
  const over = listen({ lastId: () => '', heard: () => undefined, signal: end.signal })
  await vi.advanceTimersByTimeAsync(60_000)
  end.abort()
  await over
  return count
}

test.each([
  ['Wed, 21 Oct 2026 07:28:00 GMT', 1, 5],
  ['soon', 1, 5],
  ['0', 1, 41],
  ['86400', 2, 5],
  [undefined, 1, 5],
])('a hub that says Retry-After: %s is neither besieged nor given up', async (said, least, most) => {
  const count = await asked(said)
  expect(count).toBeGreaterThanOrEqual(least)
  expect(count).toBeLessThanOrEqual(most)
})
