import type { ErpFaults } from './erp.ts'
import type { MachineFaults } from './machine.ts'
import type { NetworkFaults } from './network.ts'
import { type Payload, payloads } from './payloads.ts'
import { Stream } from './random.ts'

/** What one seed does: its own mix of faults (swarm), its messages, its moments of chaos. */
export interface Plan {
  readonly seed: number
  readonly messages: readonly PlannedMessage[]
  /** Documents of real vendors among them, late, doubled and in any order. */
  readonly documents: readonly PlannedDocument[]
  readonly chaos: readonly ChaosEvent[]
  readonly machine: Omit<MachineFaults, 'skewMs'>
  readonly skews: readonly number[]
  readonly erp: ErpFaults
  readonly network: NetworkFaults
  readonly inline: boolean
  /** The operator corrects what is parked, instead of having the map mended. */
  readonly corrects: boolean
}

export interface PlannedDocument {
  readonly id: string
  readonly payload: Payload
  readonly sendings: readonly number[]
}

export interface PlannedMessage {
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly gain: boolean
  readonly poison: boolean
  /** When it is sent, and sent again, ms. */
  readonly sendings: readonly number[]
}

export type ChaosEvent = { readonly at: number } & (
  | { readonly kind: 'crash'; readonly machine: number; readonly restartMs: number }
  | { readonly kind: 'pause'; readonly machine: number; readonly ms: number }
  | { readonly kind: 'database'; readonly ms: number }
  | { readonly kind: 'erp'; readonly ms: number }
)

export const faultTime = 30 * 60_000
export const drainTime = 2 * 60 * 60_000 + faultTime

export function planOf(seed: number): Plan {
  const stream = new Stream(seed, 'plan')
  return {
    seed,
    messages: messagesOf(stream),
    documents: documentsOf(new Stream(seed, 'documents')),
    chaos: chaosOf(stream),
    machine: {
      callLost: 0.004,
      replyLost: 0.006,
      pauseShare: stream.pick([0.003, 0.01, 0.06]),
      pauseMs: stream.pick([3_000, 25_000, 180_000, 400_000]),
    },
    skews: [stream.between(-120_000, 120_000), stream.between(-120_000, 120_000)],
    erp: {
      failBefore: 0.02,
      lostAfter: 0.03,
      slow: stream.pick([0.02, 0.02, 0.25]),
      slowMs: 85_000,
      readBackFails: 0.02,
    },
    network: { requestLost: 0.02, late: stream.pick([0, 0.01, 0.06, 0.3]), lateMs: 125_000 },
    inline: stream.chance(0.7),
    corrects: stream.chance(0.5),
  }
}

/** Bursts: sparse traffic would never meet a fault in the middle of something. */
function messagesOf(stream: Stream): PlannedMessage[] {
  const count = stream.whole(60, 160)
  const keys = stream.whole(2, 12)
  const bursts = Array.from({ length: stream.whole(3, 20) }, () => stream.between(1000, faultTime * 0.8))
  return Array.from({ length: count }, (_, index) => {
    const first = stream.pick(bursts) + stream.between(0, 3000)
    const again = stream.chance(0.25) ? stream.whole(1, 4) : 0
    const repeats = Array.from(
      { length: again },
      () => first + (stream.chance(0.5) ? stream.between(1, 2000) : stream.between(6 * 60_000, 90 * 60_000)),
    )
    return {
      id: `m${index}`,
      sku: `SKU-${stream.whole(1, keys)}`,
      quantity: stream.whole(1, 9),
      gain: stream.chance(0.7),
      poison: stream.chance(0.02),
      sendings: [first, ...repeats].toSorted((a, b) => a - b),
    }
  })
}

/** Each document once in a seed, because a vendor's id is used once; sent again as often as vendors do. */
function documentsOf(stream: Stream): PlannedDocument[] {
  const chosen = payloads.filter(() => stream.chance(0.15))
  return chosen.map((payload) => {
    const first = stream.between(1000, faultTime * 0.8)
    const again = stream.chance(0.5) ? stream.whole(1, 4) : 0
    const repeats = Array.from({ length: again }, () => first + stream.between(1, 90 * 60_000))
    const sendings = [first, ...repeats].toSorted((a, b) => a - b)
    return { id: `${payload.connection}/${payload.name}`, payload, sendings }
  })
}

function chaosOf(stream: Stream): ChaosEvent[] {
  const count = stream.whole(5, 40)
  return Array.from({ length: count }, (): ChaosEvent => {
    const at = stream.between(1000, faultTime)
    const dice = stream.next()
    const machine = stream.whole(0, 1)
    if (dice < 0.35) return { at, kind: 'crash', machine, restartMs: stream.between(200, 5000) }
    if (dice < 0.7) return { at, kind: 'pause', machine, ms: stream.between(1000, 180_000) }
    if (dice < 0.85) return { at, kind: 'database', ms: stream.between(500, 20_000) }
    return { at, kind: 'erp', ms: stream.between(10_000, 600_000) }
  })
}
