import { startBenchHub } from './hub.ts'
import { orderNetwork, orderPosts } from './orders.ts'
import { run } from './p05.ts'

const step = 50_000

/** P8: memory and rate while the log grows. `BENCH_GROWTH=5000000` goes as far as the target; the default fits a coffee. */
export async function growth(events = Number(process.env['BENCH_GROWTH'] ?? 500_000)): Promise<Record<string, number>> {
  const hub = await startBenchHub({ network: orderNetwork })
  try {
    const rates: number[] = []
    const residents: number[] = []
    for (let start = 0; start < events; start += step) {
      const requests = orderPosts(step, { perPost: 100, key: hub.key, start })
      const { answered, seconds } = await run({
        host: '127.0.0.1',
        port: hub.port,
        connections: 16,
        perSecond: 0,
        requests,
      })
      rates.push((answered * 100) / seconds)
      residents.push(hub.rss() / 1024 / 1024)
    }
    const early = Math.max(1, Math.floor(rates.length / 5))
    const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length
    return {
      events,
      megabytesEarly: Math.round(mean(residents.slice(0, early))),
      megabytesLate: Math.round(mean(residents.slice(-early))),
      megabytesHighest: Math.round(Math.max(...residents)),
      perSecondEarly: Math.round(mean(rates.slice(0, early))),
      perSecondLate: Math.round(mean(rates.slice(-early))),
      shareOfEarlyRate: Math.round((mean(rates.slice(-early)) / mean(rates.slice(0, early))) * 100) / 100,
    }
  } finally {
    await hub.stop()
  }
}
