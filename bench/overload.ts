import { startBenchHub } from './hub.ts'
import { orderNetwork, orderPosts } from './orders.ts'
import { run } from './p05.ts'

/** P7: twice of what it can take, open loop over many connections. What it still does, and what that costs in memory. */
export async function overload(count = 30_000): Promise<Record<string, number>> {
  const hub = await startBenchHub({ network: orderNetwork })
  try {
    const load = { host: '127.0.0.1', port: hub.port }
    const requests = (start: number): Uint8Array[] => orderPosts(count, { perPost: 1, key: hub.key, start })
    const peak = await run({ ...load, connections: 256, perSecond: 0, requests: requests(0) })
    const peakPerSecond = peak.answered / peak.seconds
    const calm = hub.rss()
    let highest = 0
    const watching = setInterval(() => {
      highest = Math.max(highest, hub.rss())
    }, 100)
    const flood = { ...load, connections: 2000, perSecond: peakPerSecond * 2, requests: requests(count) }
    const flooded = await run(flood).finally(() => clearInterval(watching))
    const goodput = flooded.answered / flooded.seconds
    return {
      peakPerSecond: Math.round(peakPerSecond),
      offeredPerSecond: Math.round(peakPerSecond * 2),
      goodputPerSecond: Math.round(goodput),
      shareOfPeak: Math.round((goodput / peakPerSecond) * 100) / 100,
      refused: flooded.refused,
      megabytesAboveCalm: Math.round((highest - calm) / 1024 / 1024),
    }
  } finally {
    await hub.stop()
  }
}
