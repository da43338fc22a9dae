import type { Stream } from '../simulation/random.ts'
import type { Cut } from './wire.ts'

export interface ChaosOptions {
  readonly events: number
  readonly seed: number
  /** How long the senders take at least, seconds: the faults are spread over it. */
  readonly seconds: number
  readonly kills: number
  readonly databaseKills: number
  readonly freezes: number
  /** Rolling restarts: one hub leaves and comes back, then the other. */
  readonly restarts: number
  /** Cuts around the commit of one write. */
  readonly cuts: number
  /** Silences, delays and breaks of a whole wire, and outages of the ERP. */
  readonly wires: number
  readonly lostReply: number
  /** Share of look-ups that fail; each is tried again after a pause that a short run has no time for. */
  readonly lookUpFails: number
}

/** So much of everything for so many events, by the figures of the promises: for 100,000 60 kills, 20 of the database, 40 zombies. */
export function optionsFor(events: number, seed: number): ChaosOptions {
  const share = events / 100_000
  const at = (full: number, least: number): number => Math.max(least, Math.round(full * share))
  return {
    events,
    seed,
    seconds: at(400, 15),
    kills: at(60, 3),
    databaseKills: at(20, 1),
    freezes: at(40, 2),
    restarts: at(20, 1),
    cuts: at(600, 20),
    wires: at(120, 8),
    lostReply: 0.1,
    lookUpFails: events < 10_000 ? 0 : 0.02,
  }
}

export type Fault = { readonly at: number } & (
  | { readonly kind: 'kill'; readonly hub: number; readonly downMs: number }
  | { readonly kind: 'freeze'; readonly hub: number; readonly ms: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'kill_database'; readonly downMs: number }
  | { readonly kind: 'kill_backend' }
  | { readonly kind: 'cut'; readonly hub: number; readonly how: Cut }
  | { readonly kind: 'break'; readonly hub: number; readonly wire: WireName }
  | {
      readonly kind: 'delay'
      readonly hub: number
      readonly wire: WireName
      readonly ms: number
      readonly forMs: number
    }
  | { readonly kind: 'silence'; readonly hub: number; readonly wire: WireName; readonly forMs: number }
  | { readonly kind: 'erp_outage'; readonly ms: number }
)
export type WireName = 'database' | 'erp'

/** When each fault comes, ms from the start. The same seed gives the same plan; the processes take it as they may. */
export function planFaults(options: ChaosOptions, stream: Stream): readonly Fault[] {
  const whenever = (): number => stream.between(1000, options.seconds * 1000)
  const hub = (): number => stream.whole(0, 1)
  const many = (count: number, one: () => Fault): Fault[] => Array.from({ length: count }, one)
  return [
    ...many(options.kills, () => ({ at: whenever(), kind: 'kill', hub: hub(), downMs: stream.between(50, 1500) })),
    ...many(
      options.databaseKills,
      (): Fault =>
        stream.chance(0.7)
          ? { at: whenever(), kind: 'kill_database', downMs: stream.between(50, 2000) }
          : { at: whenever(), kind: 'kill_backend' },
    ),
    // Longer than a lease always, longer than a claim often: somebody else has its work when it wakes.
    ...many(options.freezes, () => ({ at: whenever(), kind: 'freeze', hub: hub(), ms: stream.between(1000, 20_000) })),
    ...many(options.restarts, (): Fault => ({ at: whenever(), kind: 'restart' })),
    ...many(options.cuts, () => ({ at: whenever(), kind: 'cut', hub: hub(), how: stream.pick(cuts) })),
    ...many(options.wires, () => wireFault(whenever(), hub(), stream)),
  ].toSorted((a, b) => a.at - b.at)
}

const cuts: readonly Cut[] = ['before', 'before', 'after', 'after', 'after', 'middle', 'middle', 'middle', 'torn']

function wireFault(at: number, hub: number, stream: Stream): Fault {
  const wire = stream.pick<WireName>(['database', 'erp'])
  const dice = stream.next()
  if (dice < 0.25) return { at, kind: 'break', hub, wire }
  if (dice < 0.5) return { at, kind: 'delay', hub, wire, ms: stream.between(5, 300), forMs: stream.between(500, 4000) }
  if (dice < 0.85) return { at, kind: 'silence', hub, wire, forMs: stream.between(500, 8000) }
  return { at, kind: 'erp_outage', ms: stream.between(1000, 5000) }
}
