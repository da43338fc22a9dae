import type { StoredEvent } from './state.ts'

/** A scan, and the package that it is about; undefined when it speaks of the whole shipment. */
interface About {
  readonly event: StoredEvent
  readonly package: string | undefined
}

/**
 * Whether one scan is the other with more detail: the same source says the same of the same moment, and names a trailer or a place, or
 * more of the place. So one that is told with and without its trailer is one. Two trailers at one moment are two, and what names none
 * says less than each; so it is with stops.
 */
export function saysMore(more: About, less: About): boolean {
  return isOfSameThing(more, less) && hasMoreDetail(more, less)
}

function isOfSameThing({ event: a, package: packageOfA }: About, { event: b, package: packageOfB }: About): boolean {
  return (
    a.code === b.code &&
    a.at === b.at &&
    a.source === b.source &&
    a.classifier === b.classifier &&
    a.precision === b.precision &&
    packageOfA === packageOfB &&
    (b.stop === undefined || b.stop.seq === a.stop?.seq) &&
    (a.code !== 'unknown' || a.raw === b.raw)
  )
}

/** Every detail of the other one, and one besides. A package is known by itself, whatever it travels in. */
function hasMoreDetail({ event: more, package: packageId }: About, { event: less }: About): boolean {
  const isSameBox = packageId !== undefined || less.equipment === more.equipment
  if (!isSameBox && less.equipment !== undefined) return false
  const [all, some] = [partsOf(more.place), partsOf(less.place)]
  if (some.length > all.length || !some.every((part) => all.includes(part))) return false
  return !isSameBox || some.length < all.length || (less.stop === undefined && more.stop !== undefined)
}

function partsOf(where: string | undefined): readonly string[] {
  return where === undefined ? [] : where.toLowerCase().split(', ')
}
