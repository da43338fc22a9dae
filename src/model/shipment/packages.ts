import { normalizeIdentifier } from '../identifier.ts'
import type { ShipmentReport } from '../report.ts'
import { listMax, type Said, type StoredPackage } from './state.ts'

/** The package that a number means; undefined when it speaks of the whole shipment. */
export type PackageFinder = (number: string | undefined) => string | undefined

/**
 * Tells which package a number means. The number of the shipment itself (a master number, a PRO, a bill of lading) speaks of all of them:
 * undefined. A number that nobody knows is one more package, because nobody may deliver a package that was never named; only where
 * no package has a number of its own it can be none but that of the whole shipment.
 */
export function packageFinder(said: Pick<Said, 'packages' | 'references' | 'masters'>): PackageFinder {
  const { packages, shared } = sorted(said.packages)
  const names = new Map<string, string>()
  for (const one of packages) for (const name of namesOf(one)) if (!shared.has(name)) names.set(name, one.id)
  const whole = new Set([...(said.masters ?? []), ...shared])
  for (const { scheme, value } of said.references) if (!ofPackage.has(scheme)) whole.add(normal(value))
  const isNumbered = said.packages.length === 0 || said.packages.some((one) => one.trackingNumber !== undefined)
  const find = (number: string): string | undefined => {
    const name = normal(number)
    const found = names.get(name) ?? names.get(serial(number))
    return found ?? (isNumbered && !whole.has(name) ? number : undefined)
  }
  // Nearly always all scans of a shipment name one number.
  let last = ''
  let meant: string | undefined
  return (number) => {
    if (number === undefined || number === '') return undefined
    if (number !== last) {
      meant = find(number)
      last = number
    }
    return meant
  }
}

/**
 * Each package once, under its smallest name: who tells of a package by its SSCC and who by its tracking number mean the same one. A
 * number that packages of different SSCCs share tells none of them apart: it is the shipment's.
 */
export function packagesOf(packages: readonly StoredPackage[]): readonly StoredPackage[] {
  return sorted(packages).packages
}

interface Sorted {
  readonly packages: readonly StoredPackage[]
  /** Numbers that several packages carry. */
  readonly shared: ReadonlySet<string>
}

function sorted(packages: readonly StoredPackage[]): Sorted {
  const holders = new Map<string, StoredPackage[]>()
  let met = false
  for (const one of packages)
    for (const name of namesOf(one)) {
      const list = holders.get(name)
      if (list === undefined) holders.set(name, [one])
      else if (!list.includes(one)) {
        list.push(one)
        met = true
      }
    }
  if (!met) return { packages, shared: none }
  const shared = new Set([...holders].filter(([, list]) => serials(list) > 1).map(([name]) => name))
  const roots = new Map(packages.map(({ id }) => [id, id]))
  const rootOf = (id: string): string => {
    const root = roots.get(id) ?? id
    return root === id ? id : rootOf(root)
  }
  for (const [name, [first, ...others]] of holders) {
    if (first === undefined || shared.has(name)) continue
    for (const other of others) {
      const [low, high] = [rootOf(first.id), rootOf(other.id)].toSorted()
      roots.set(high ?? '', low ?? '')
    }
  }
  const told = packages.filter((one) => namesOf(one).some((name) => !shared.has(name)))
  const groups = Map.groupBy(told, ({ id }) => rootOf(id))
  return {
    shared,
    packages: [...groups.values()].flatMap(([first, ...others]) => (first ? [others.reduce(unite, first)] : [])),
  }
}

function serials(packages: readonly StoredPackage[]): number {
  return new Set(packages.flatMap(({ sscc }) => (sscc === undefined ? [] : [serial(sscc)]))).size
}

const none: ReadonlySet<string> = new Set()

/** A package keeps what anybody said of it; of two words on one field the greater text, whatever the order. */
export function joinPackages(
  known: readonly StoredPackage[],
  told: NonNullable<ShipmentReport['packages']> | readonly StoredPackage[],
): readonly StoredPackage[] {
  let list = known
  for (const one of told) {
    const before = list.find(({ id }) => id === one.id)
    const after = before === undefined ? stored(one) : unite(before, stored(one))
    list =
      before === undefined
        ? [...list, after].slice(0, listMax)
        : list.map((other) => (other === before ? after : other))
  }
  return list
}

/** The numbers of the shipment as a whole, as matching uses them. */
export function joinMasters(known: Said['masters'], told: readonly string[] | undefined): Pick<Said, 'masters'> {
  if (told === undefined || told.length === 0) return known === undefined ? {} : { masters: known }
  return { masters: [...new Set([...(known ?? []), ...told.map(normal)])].toSorted().slice(0, listMax) }
}

/** Without the members that were not said. */
function stored(told: { readonly [K in keyof StoredPackage]?: unknown } & { readonly id: string }): StoredPackage {
  const { id, sscc, trackingNumber, otherNumbers, weightGrams, cancelled } = told
  const said = { sscc, trackingNumber, otherNumbers, weightGrams, cancelled: cancelled === true ? true : undefined }
  return { id, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) }
}

/** Both words on one package. Every number that it ever had still means it: carriers scan old labels. */
function unite(a: StoredPackage, b: StoredPackage): StoredPackage {
  const id = a.id < b.id ? a.id : b.id
  const sscc = greater(a.sscc, b.sscc)
  const trackingNumber = greater(a.trackingNumber, b.trackingNumber)
  const every = [a, b].flatMap((one) => [one.id, one.sscc ?? id, one.trackingNumber ?? id, ...(one.otherNumbers ?? [])])
  const others = [...new Set(every)].filter((one) => one !== id && one !== sscc && one !== trackingNumber).toSorted()
  return stored({
    id,
    sscc,
    trackingNumber,
    otherNumbers: others.length === 0 ? undefined : others.slice(0, listMax),
    weightGrams: greater(a.weightGrams, b.weightGrams),
    cancelled: a.cancelled ?? b.cancelled,
  })
}

function namesOf({ id, sscc, trackingNumber, otherNumbers = [] }: StoredPackage): string[] {
  const names = [id, ...otherNumbers].flatMap((one) => [normal(one), serial(one)])
  if (sscc !== undefined) names.push(serial(sscc))
  if (trackingNumber !== undefined) names.push(normal(trackingNumber))
  return names
}

function normal(number: string): string {
  return normalizeIdentifier({ scheme: 'tracking_number', value: number.replace(/^\(00\)(?=\d{18}$)/, '') })
}

/** An SSCC is written with its application identifier and without. */
function serial(number: string): string {
  return normalizeIdentifier({ scheme: 'sscc', value: number })
}

function greater(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a
}

const ofPackage: ReadonlySet<string> = new Set(['tracking_number', 'sscc'])
