import { convert, type Decimal, isWhole } from '../../base/decimal.ts'
import { type Instant, readInstant } from '../../base/instant.ts'
import { canonicalUnit } from '../partner-unit.ts'

/** That one item may be sent instead of another, as master data says it. */
export interface Substitution {
  /** The item that was ordered. */
  readonly sku: string
  readonly substitute: string
  /** So much of the ordered item … */
  readonly quantity: Decimal
  readonly uom: string
  /** … is so much of the other one. */
  readonly substituteQuantity: Decimal
  readonly substituteUom: string
  readonly direction: 'one_way' | 'both'
  /** 1 is tried first. */
  readonly priority: number
  readonly validFrom?: string
  readonly validTo?: string
  /** Who has agreed, and who never wants it; `*` is everybody. */
  readonly customersAccept?: readonly string[]
  readonly customersRefuse?: readonly string[]
  readonly channelsAccept?: readonly string[]
  readonly channelsRefuse?: readonly string[]
  /** Whether it costs what the ordered item costs, or has a price of its own. */
  readonly priceRule: 'ordered_item' | 'own'
  readonly unitPrice?: Decimal
  readonly currency?: string
  readonly status: 'proposed' | 'active' | 'retired'
}

/** What is missing, for whom. */
export interface Missing {
  readonly sku: string
  readonly quantity: Decimal
  readonly uom: string
  readonly at: Instant
  readonly customer?: string | undefined
  readonly channel?: string | undefined
  /** What the line of the order says; undefined: nothing. */
  readonly isAllowed?: boolean | undefined
}

/** Something that could be sent instead. */
export interface Candidate {
  readonly sku: string
  /** All that is missing, in its own unit. */
  readonly quantity: Decimal
  readonly uom: string
  readonly priority: number
  /** Whether customer, channel or order have agreed. Where nobody has said anything a person has to ask. */
  readonly isAgreed: boolean
  readonly priceRule: 'ordered_item' | 'own'
  readonly unitPrice?: Decimal
  readonly currency?: string
}

/**
 * What may be sent instead, the best first. What customer, channel or order refuse is not among it, nor what does not come out even: 5 pieces
 * are no number of boxes of 2.
 */
export function candidatesFor(missing: Missing, relations: readonly Substitution[]): readonly Candidate[] {
  if (missing.isAllowed === false) return []
  return relations
    .flatMap((one) => {
      const way = wayOf(one, missing.sku)
      return way === undefined || !isValid(one, missing.at) || isRefused(one, missing) ? [] : candidate(way, missing)
    })
    .toSorted((a, b) => a.priority - b.priority || (a.sku < b.sku ? -1 : 1))
}

/** The relation as it is from this item. */
function wayOf(one: Substitution, sku: string): Substitution | undefined {
  if (one.status !== 'active') return undefined
  if (one.sku === sku) return one
  if (one.direction !== 'both' || one.substitute !== sku) return undefined
  return {
    ...one,
    ...{ sku: one.substitute, substitute: one.sku, quantity: one.substituteQuantity, uom: one.substituteUom },
    ...{ substituteQuantity: one.quantity, substituteUom: one.uom },
  }
}

function candidate(one: Substitution, missing: Missing): Candidate[] {
  const uom = canonicalUnit(one.substituteUom)
  if (canonicalUnit(one.uom) !== canonicalUnit(missing.uom)) return []
  const quantity = convert(missing.quantity, { numerator: one.substituteQuantity, denominator: one.quantity })
  if (quantity === undefined || (uom === 'C62' && !isWhole(quantity))) return []
  const { priority, priceRule, unitPrice, currency } = one
  return [
    {
      ...{ sku: one.substitute, quantity, uom, priority, isAgreed: isAgreed(one, missing), priceRule },
      ...(unitPrice === undefined ? {} : { unitPrice }),
      ...(currency === undefined ? {} : { currency }),
    },
  ]
}

function isValid({ validFrom, validTo }: Substitution, at: Instant): boolean {
  const now = readInstant(at) ?? 0
  return (
    (readInstant(validFrom ?? '') ?? Number.NEGATIVE_INFINITY) <= now &&
    now < (readInstant(validTo ?? '') ?? Number.POSITIVE_INFINITY)
  )
}

function isRefused({ customersRefuse, channelsRefuse }: Substitution, { customer, channel }: Missing): boolean {
  return isNamed(customersRefuse, customer) || isNamed(channelsRefuse, channel)
}

function isAgreed({ customersAccept, channelsAccept }: Substitution, missing: Missing): boolean {
  const { customer, channel, isAllowed } = missing
  return isAllowed === true || isNamed(customersAccept, customer) || isNamed(channelsAccept, channel)
}

function isNamed(names: readonly string[] = [], name: string | undefined): boolean {
  return names.includes('*') || (name !== undefined && names.includes(name))
}
