import { compare, type Decimal } from '../../../base/decimal.ts'
import { canonicalUnit } from '../../../model/partner-unit.ts'
import type { Candidate } from '../../../model/stock/substitute.ts'
import type { AnswerDefinition, Told } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import type { SubstitutesAnswer } from '../../substitutes.ts'
import type { Known } from '../known.ts'
import { type Short, shortsOf } from '../shorts.ts'
import type { Amount } from './plan.ts'

type Here = Scope<Known>

/** What master data and stock say about what could be shipped instead. */
export interface Options {
  readonly candidates?: SubstitutesAnswer
  /** By item. */
  readonly stock?: Readonly<Record<string, Stock>>
}

/** Where something of an item is free. */
interface Stock {
  readonly question: string
  readonly uom: string
  readonly places: readonly Place[]
}

/** So much is free at a place. */
interface Place {
  readonly location: string
  readonly quantity: Decimal
}

/** One thing that could be done about goods that were not found. */
export interface Option extends Amount {
  readonly way: 'substitute' | 'other_node' | 'later'
  readonly lineNo: string
  readonly option: string
  readonly location?: string
  /** How much of it is free there; undefined: nobody looked. */
  readonly free?: Decimal
  readonly isAgreed: boolean
  readonly priceRule?: 'ordered_item' | 'own'
  readonly unitPrice?: Decimal
  readonly currency?: string
}

/** Names the question of this stay, so that an answer to an older one is not taken for it. */
export function questionHere({ branchKey, moment }: Here): string {
  return `${branchKey} ${moment}`
}

function optionsHere({ known, branchKey }: Here): Options {
  return known.options?.[branchKey] ?? {}
}

/** Answers that the process takes in: each names the delivery that it is about in its question. */
export const optionAnswers: Readonly<Record<string, AnswerDefinition<Known>>> = {
  'inventory.availability_answered': {
    about: 'Stock says where something of an item is free.',
    remember: (known, { data }: Told) => {
      const { question, sku, uom, places } = data as Stock & { readonly sku: string }
      const delivery = deliveryIn(question)
      const here = known.options?.[delivery]
      return put(known, delivery, { ...here, stock: { ...here?.stock, [sku]: { question, uom, places } } })
    },
  },
  'substitutes.answered': {
    about: 'Master data says what may be sent instead.',
    remember: (known, { data }: Told) => {
      const candidates = data as SubstitutesAnswer
      const delivery = deliveryIn(candidates.question)
      return put(known, delivery, { ...known.options?.[delivery], candidates })
    },
  },
}

function deliveryIn(question: string): string {
  return question.slice(0, Math.max(0, question.lastIndexOf(' ')))
}

function put(known: Known, delivery: string, options: Options): Known {
  return { ...known, options: { ...known.options, [delivery]: options } }
}

/** Master data has answered what this stay asks. */
export function areCandidatesKnown(scope: Here): boolean {
  return optionsHere(scope).candidates?.question === questionHere(scope)
}

/** Stock has answered for every item that this stay asks about. */
export function isStockKnown(scope: Here): boolean {
  const { stock = {} } = optionsHere(scope)
  return skusHere(scope).every((sku) => stock[sku]?.question === questionHere(scope))
}

/** Items that could be shipped: those that are short, and what may be sent instead. */
export function skusHere(scope: Here): readonly string[] {
  const shorts = shortsOf(scope, scope.branchKey)
  const others = shorts.flatMap((short) => candidatesOf(scope, short).map(({ sku }) => sku))
  return [...new Set([...shorts.map(({ sku }) => sku), ...others])].slice(0, skusMax)
}

const skusMax = 50

/** An item that was sent instead of another is not replaced once more: that would go on without end. */
function candidatesOf(scope: Here, { lineNo, planned }: Short): readonly Candidate[] {
  if (planned?.way === 'substitute') return []
  return optionsHere(scope).candidates?.lines.find((one) => one.lineNo === lineNo)?.candidates ?? []
}

/** Everything that could be done about one line: substitutes by their priority, then places with the most of it that have not failed to find it. */
export function optionsOf(scope: Here, short: Short): readonly Option[] {
  const { lineNo, sku, quantity, uom } = short
  const own = scope.known.deliveries[scope.branchKey]?.ordered['location']
  const substitutes = candidatesOf(scope, short).map((one): Option => {
    const place = placesWith(scope, one).toSorted((a, b) => Number(b.location === own) - Number(a.location === own))[0]
    const { priority: _, ...candidate } = one
    const price = priceOf(scope, lineNo, one)
    return { way: 'substitute', lineNo, option: `substitute ${one.sku}`, ...candidate, ...price, ...freeAt(place) }
  })
  const others = placesWith(scope, { sku, quantity, uom }).map((place): Option => {
    const option = `other_node ${place.location}`
    return { way: 'other_node', lineNo, option, sku, quantity, uom, isAgreed: true, ...freeAt(place) }
  })
  return [...substitutes, ...others]
}

function freeAt(place: Place | undefined): Pick<Option, 'free' | 'location'> {
  return place === undefined ? { free: '0' } : { location: place.location, free: place.quantity }
}

/** Places that have all of it, those with the most first. Where stock counts in another unit, its word about the reservation will tell. */
function placesWith(scope: Here, { sku, quantity, uom }: Amount): readonly Place[] {
  const stock = optionsHere(scope).stock?.[sku]
  if (stock === undefined) return []
  const isComparable = canonicalUnit(stock.uom) === canonicalUnit(uom)
  const emptied = emptiedOf(scope, sku)
  return stock.places
    .filter(({ location }) => !emptied.has(location))
    .filter((place) => !isComparable || compare(place.quantity, quantity) >= 0)
    .toSorted((a, b) => compare(b.quantity, a.quantity) || (a.location < b.location ? -1 : 1))
}

/** Places that did not find this item for this order, whatever stock says of them. */
function emptiedOf(scope: Here, sku: string): ReadonlySet<unknown> {
  return new Set(
    Object.entries(scope.known.deliveries)
      .filter(([number]) => shortsOf(scope, number).some((short) => short.sku === sku))
      .map(([, { ordered }]) => ordered['location']),
  )
}

/** What it costs by the rule that was agreed. No price: nobody knows it, and nobody guesses. */
function priceOf(
  { known }: Here,
  lineNo: string,
  { priceRule, unitPrice, currency }: Candidate,
): Pick<Option, 'priceRule' | 'unitPrice' | 'currency'> {
  if (priceRule === 'own')
    return { priceRule, ...(unitPrice === undefined ? {} : { unitPrice, currency: currency ?? '' }) }
  const ordered = known.terms?.[lineNo]
  if (ordered?.unitPrice === undefined) return { priceRule }
  const { unitPrice: amount, currency: money } = ordered
  return { priceRule, unitPrice: amount, ...(money === undefined ? {} : { currency: money }) }
}
