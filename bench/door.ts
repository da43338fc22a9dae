import { startBenchHub } from './hub.ts'
import { orderNetwork, orderPosts } from './orders.ts'
import { run, warmUpEvents } from './p05.ts'
import { storage } from './storage.ts'

export interface DoorFigures {
  readonly perSecond: number
  readonly refused: number
  readonly cpuMicrosPerEvent: number
  readonly nodeMicros: number
  readonly postgresMicros: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
  /** Bytes that an event adds to the write-ahead log, and to the tables and indexes. */
  readonly walBytesPerEvent: number
  readonly diskBytesPerEvent: number
}

/** P2 and P4: cheap documents over HTTP into a hub in a process of its own, each answered after its durable commit. P9: what they weigh. */
export async function door({
  perPost,
  count,
}: {
  readonly perPost: number
  readonly count: number
}): Promise<DoorFigures> {
  const hub = await startBenchHub({ network: orderNetwork })
  try {
    const load = { host: '127.0.0.1', port: hub.port, connections: perPost === 1 ? 256 : 16, perSecond: 0 }
    await run({ ...load, requests: orderPosts(warmUpEvents, { perPost, key: hub.key, start: 100_000_000 }) })
    const stored = await storage(hub)
    const before = hub.cpu()
    const { answered, refused, seconds, latencies } = await run({
      ...load,
      requests: orderPosts(count, { perPost, key: hub.key }),
    })
    const after = hub.cpu()
    const grown = await storage(hub)
    const micros = (from: number, to: number): number => Math.round(((to - from) * 1e6) / count)
    const at = (share: number): number => Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 10) / 10
    return {
      perSecond: Math.round((answered * perPost) / seconds),
      refused,
      cpuMicrosPerEvent: micros(before.node + before.postgres, after.node + after.postgres),
      nodeMicros: micros(before.node, after.node),
      postgresMicros: micros(before.postgres, after.postgres),
      p50Milliseconds: at(0.5),
      p99Milliseconds: at(0.99),
      walBytesPerEvent: Math.round((grown.wal - stored.wal) / count),
      diskBytesPerEvent: Math.round((grown.disk - stored.disk) / count),
    }
  } finally {
    await hub.stop()
  }
}
