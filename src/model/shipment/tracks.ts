import type { ShipmentStatus } from './codes.ts'
import type { Ranked } from './ladder.ts'
import { packagesOf } from './packages.ts'
import type { OpenException, Said } from './state.ts'
import { deliveredStops } from './stops.ts'
import { Walk } from './walk.ts'

/** How one package went; `package` is undefined when the shipment has none that are told apart. */
export interface Track {
  readonly package: string | undefined
  readonly cancelled: boolean
  readonly events: readonly Ranked[]
  readonly status: ShipmentStatus
  readonly exceptions: readonly OpenException[]
  readonly custodySince: number | undefined
}

/** One track per package with events of its own; what speaks of the whole shipment counts for each of the others. */
export function tracksOf(said: Said, ranked: readonly Ranked[], id: string): Track[] {
  const done = deliveredStops(said, ranked)
  const own = new Map<string | undefined, Ranked[]>()
  for (const one of ranked) {
    const list = own.get(one.package)
    if (list === undefined) own.set(one.package, [one])
    else list.push(one)
  }
  const cancelled = new Map(packagesOf(said.packages).map((one) => [one.id, one.cancelled === true]))
  for (const name of own.keys()) if (name !== undefined && !cancelled.has(name)) cancelled.set(name, false)
  const general = own.get(undefined) ?? []
  if (cancelled.size === 0) return [follow(said, general, { id, name: undefined, cancelled: false, done })]
  // What was said of all is followed once, so that it opens one exception and not one per package.
  const shared = follow(said, general, { id, name: undefined, cancelled: false, done })
  return [...cancelled].map(([name, isCancelled]) => {
    const events = own.get(name)
    return events === undefined
      ? { ...shared, package: name, cancelled: isCancelled }
      : follow(said, events, { id, name, cancelled: isCancelled, done })
  })
}

function follow(
  said: Said,
  events: readonly Ranked[],
  of: {
    readonly id: string
    readonly name: string | undefined
    readonly cancelled: boolean
    readonly done: ReadonlyMap<number, number>
  },
): Track {
  return { package: of.name, cancelled: of.cancelled, events, ...new Walk(said, of).through(events) }
}
