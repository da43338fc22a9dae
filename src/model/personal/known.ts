import { joined, type Likeness, noLikeness, phoneDigits, plainValue } from './likeness.ts'
import { changePersonal } from './mask.ts'
import type { Spotter } from './spotter.ts'

/** What stands together about one person: the personal members of one object, and its postal code. */
export interface Card {
  readonly holder: Readonly<Record<string, unknown>>
  readonly values: readonly { readonly name: string; readonly value: string }[]
  readonly postcode: string | undefined
}

/** Every part about a person in a document. */
export function cardsOf(document: unknown): readonly Card[] {
  const found = new Map<object, { name: string; value: string }[]>()
  changePersonal(document, (personal, { name, holder }) => {
    const values = found.get(holder) ?? []
    found.set(holder, values)
    values.push(...textsOf(personal).map((value) => ({ name, value })))
    return personal
  })
  const cards = [...found].map(([holder, values]) => ({
    holder: holder as Card['holder'],
    values,
    postcode: postcodeOf(holder as Card['holder']),
  }))
  const beside = companions(document)
  return cards.map((card) => {
    const other = cards.find(({ holder }) => holder === beside.get(card.holder))
    const isWhole = other === undefined || [card, other].every(({ values }) => values.some(isName))
    return isWhole
      ? card
      : { ...card, values: [...card.values, ...other.values], postcode: card.postcode ?? other.postcode }
  })
}

/** Address and contact of one party are of one person where only one of them has a name. */
function companions(value: unknown, found = new Map<unknown, unknown>()): ReadonlyMap<unknown, unknown> {
  if (typeof value !== 'object' || value === null) return found
  const { address, contact } = value as { readonly address?: unknown; readonly contact?: unknown }
  if (typeof address === 'object' && typeof contact === 'object') found.set(address, contact).set(contact, address)
  for (const member of Object.values(value)) companions(member, found)
  return found
}

const recipientWords: ReadonlySet<string> = new Set([
  ...['shipTo', 'deliverTo', 'soldTo', 'billTo', 'consignee', 'notify', 'buyer', 'customer', 'recipient'],
  ...['shippingAddress', 'billingAddress', 'deliveryAddress', 'recipientAddress'],
])
const recipientRoles: ReadonlySet<unknown> = new Set(['ship_to', 'sold_to', 'bill_to', 'consignee', 'notify'])

/** The cards of those whom goods or invoices go to: not of carriers, suppliers and warehouses. */
export function recipientsIn(document: unknown): readonly Card[] {
  if (Array.isArray(document)) return document.flatMap(recipientsIn)
  if (typeof document !== 'object' || document === null) return []
  if ('role' in document) return recipientRoles.has(document.role) ? cardsOf(document) : []
  return Object.entries(document).flatMap(([name, member]) =>
    recipientWords.has(name) ? cardsOf({ [name]: member }) : recipientsIn(member),
  )
}

/**
 * Whether a card is theirs. `isTheirs`: of an object that they have a part in, where a name, or what they are reached by, is enough; elsewhere
 * somebody else may have the same name, so another thing has to fit as well.
 */
export function isCardOf(spotter: Spotter, { values, postcode }: Card, isTheirs: boolean): boolean {
  const { sure, names, reached, streets, postcodes } = spotter.likeness
  const within = (list: readonly string[], value: string): boolean => list.some((one) => same(one, value))
  const any = (list: readonly string[]): boolean => values.some(({ value }) => within(list, value))
  if (any(sure) || values.some(({ value }) => value.length > longText && spotter.isAbout(value))) return true
  const hasName = any(names)
  if (hasName && (any(reached) || any(streets) || (postcode !== undefined && within(postcodes, postcode)))) return true
  return isTheirs && (hasName || any(reached) || (any(streets) && !values.some(isName)))
}

/** What a card adds to what they are known by. */
export function learned({ values, postcode }: Card): Likeness {
  const is = (test: (one: Card['values'][number]) => boolean): readonly string[] =>
    values.filter((one) => one.value.length <= longText && test(one)).map(({ value }) => value)
  return joined(noLikeness, {
    ...noLikeness,
    reached: is(({ value }) => isReached(value)),
    names: is((one) => isName(one)),
    streets: is(({ name, value }) => /street|line/i.test(name) && !isReached(value)),
    postcodes: postcode === undefined ? [] : [postcode],
  })
}

/** Texts that are written for people have no place of their own for who they are about. */
const longText = 200

function isName({ name, value }: { readonly name: string; readonly value: string }): boolean {
  return /name|signedBy/i.test(name) && !/company|organi[sz]ation|firm|user/i.test(name) && !isReached(value)
}

function isReached(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value) || phoneDigits(value) !== undefined
}

function same(one: string, other: string): boolean {
  return plainValue(one) === plainValue(other)
}

function postcodeOf(holder: Readonly<Record<string, unknown>>): string | undefined {
  const found = holder['postalCode'] ?? holder['postcode'] ?? holder['zip']
  return typeof found === 'string' && found !== '' ? found : undefined
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}
