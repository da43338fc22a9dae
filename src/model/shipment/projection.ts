import { deliveredLike, type ExceptionCategory, ended, type ShipmentStatus, statusRank } from './codes.ts'
import { exceptionRules } from './exceptions.ts'
import { type Ranked, rank } from './ladder.ts'
import { type PackageFinder, packageFinder } from './packages.ts'
import { proofsOf } from './proof.ts'
import type { OpenException, Projection, Said } from './state.ts'
import { conflicts } from './summary.ts'
import { type Expected, expected, isHeard, overdue } from './timers.ts'
import { type Track, tracksOf } from './tracks.ts'
import { exceptionId } from './walk.ts'

/** Everything that follows from what was said, and what is expected next. */
export interface Outlook {
  readonly projection: Omit<Projection, 'eta'>
  readonly due: Expected
}

/** A function of the sets alone: order and repetition change nothing. */
export function project(said: Said, id: string): Outlook {
  const find = packageFinder(said)
  const ranked = rank(said.events, find)
  const tracks = tracksOf(said, ranked, id)
  const counting = tracks.filter(({ cancelled }) => !cancelled)
  const status = statusOf(said, counting)
  const seen = observe(said, ranked)
  const proofs = proofsOf({ said, find, ranked, tracks: counting, status })
  const due = expected(said, {
    status,
    heard: seen.heard,
    deliveredAt: seen.deliveredAt,
    custodySince: counting.reduce<number | undefined>((first, track) => least(first, track.custodySince), undefined),
    proven: proofs.proven > 0 && proofs.proven >= counting.length,
  })
  const delivered = counting.filter((track) => track.status === 'delivered').length
  return {
    due,
    projection: {
      status,
      progress: {
        total: counting.length,
        delivered,
        partial: status === 'delivered' && delivered < counting.length,
      },
      packages: Object.fromEntries(
        tracks.flatMap((track) => (track.package === undefined ? [] : [[track.package, track.status]])),
      ),
      exceptions: exceptionsOf({ said, id, find, tracks: counting, ranked, status, due }),
      milestones: seen.milestones,
      attempts: seen.attempts,
      ...(seen.last === undefined
        ? {}
        : { lastEvent: { at: seen.last.at, received: seen.last.event.received, code: seen.last.event.code } }),
      ...proofs,
      unmapped: ranked.reduce((count, { event }) => count + (event.code === 'unknown' ? 1 : 0), 0),
    },
  }
}

/** Status of one package after another: least advanced of the active ones, else the best end (model.md 7.6). */
export function combine(statuses: readonly ShipmentStatus[]): ShipmentStatus {
  const counting = statuses.filter((status) => status !== 'cancelled')
  if (counting.length === 0) return statuses.length > 0 ? 'cancelled' : 'planned'
  const active = counting.filter((status) => !ended.has(status))
  if (active.length > 0)
    return active.reduce((least, status) => (statusRank[status] < statusRank[least] ? status : least))
  for (const end of ['delivered', 'returned', 'lost'] as const) if (counting.includes(end)) return end
  return 'disposed'
}

function statusOf(said: Said, counting: readonly Track[]): ShipmentStatus {
  if (said.packages.length > 0 && counting.length === 0) return 'cancelled'
  return combine(counting.map(({ status }) => status))
}

interface Seen {
  readonly milestones: Record<string, number>
  readonly attempts: number
  readonly last: Ranked | undefined
  readonly heard: number | undefined
  readonly deliveredAt: number | undefined
}

/** One pass over what really happened, in its order. */
function observe(said: Said, ranked: readonly Ranked[]): Seen {
  const milestones: Record<string, number> = {}
  const attempts = new Set<number>()
  let last: Ranked | undefined
  let heard: number | undefined
  let deliveredAt: number | undefined
  for (const one of ranked) {
    const { event, at } = one
    if (event.classifier !== undefined || one.future || event.code === 'unknown') continue
    milestones[event.code] ??= at
    last = one
    if (isHeard(event.code, said)) heard = Math.max(heard ?? 0, event.received)
    if (one.duplicate) continue
    if (event.code === 'delivery_attempted') attempts.add(at)
    if (deliveredLike.has(event.code)) deliveredAt = at
  }
  return { milestones, attempts: attempts.size, last, heard, deliveredAt }
}

function exceptionsOf(of: {
  readonly said: Said
  readonly id: string
  readonly find: PackageFinder
  readonly tracks: readonly Track[]
  readonly ranked: readonly Ranked[]
  readonly status: ShipmentStatus
  readonly due: Expected
}): OpenException[] {
  const { said, id, tracks } = of
  const open = new Map<string, OpenException>()
  for (const { exceptions } of tracks) for (const one of exceptions) open.set(one.id, one)
  const add = (
    category: ExceptionCategory,
    since: number,
    cause: { readonly key: string; readonly package?: string | undefined },
  ): void => {
    for (const one of open.values()) if (one.category === category && one.package === cause.package) return
    const made = exceptionId({ shipment: id, package: cause.package, category, key: cause.key })
    const { severity } = exceptionRules[category]
    const about = cause.package === undefined ? {} : { package: cause.package }
    open.set(made, { id: made, category, since, ...about, detectedBy: 'hub_detected', severity })
  }
  for (const [category, at] of overdue(said, of.due)) add(category, at, { key: String(at) })
  for (const one of conflicts(of)) add('summary_conflict', one.at, { key: one.rawCode, package: one.package })
  if (said.crowded === true) add('other', Math.min(...said.events.map(({ received }) => received)), { key: 'crowded' })
  for (const { id: exchange, category, since, reason } of said.exchanges ?? []) {
    const { severity } = exceptionRules[category]
    open.set(exchange, { id: exchange, category, since, reason, detectedBy: 'hub_detected', severity })
  }
  for (const { exception } of said.decided) open.delete(exception)
  return open.size < 2
    ? [...open.values()]
    : [...open.values()].toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}
