import { runSeed } from '../test/simulation/seed.ts'

/** How many seeds, each two and a half hours of simulated time, one core judges in a second. */
export async function simulation(): Promise<Record<string, number>> {
  const start = performance.now()
  let events = 0
  for (let seed = 1; seed <= 60; seed++) events += (await runSeed(seed)).events
  const seconds = (performance.now() - start) / 1000
  return { seedsPerSecond: Math.round((60 / seconds) * 10) / 10, eventsPerSecond: Math.round(events / seconds) }
}
