import type { Assertion } from '../fact.ts'
import { type CodedKind, codeCharactersMax } from './code-key.ts'

/** A code that stands in a message. */
export interface FoundCode {
  readonly kind: CodedKind
  readonly value: string
  /** The carrier of a service; empty for others. */
  readonly qualifier: string
  /** The item that a unit belongs to, as it stands there. */
  readonly item?: string
}

/** Members that hold a code, by the names that the model gives them. */
const codedMembers: Readonly<Record<string, CodedKind>> = {
  sku: 'item',
  uom: 'uom',
  baseUom: 'uom',
  location: 'location',
  locations: 'location',
  ownerParty: 'party',
  partyId: 'party',
  carrier: 'carrier',
  service: 'service',
}

/** Members below which nothing is translated: words of the sender, and names of documents. */
const verbatim: ReadonlySet<string> = new Set(['raw', 'references', 'document', 'custom', 'externalRefs'])

/** Codes lie no deeper; documents with more levels do not exist. */
const levels = 8

/** The assertion with other codes; itself where `translate` gives every code back as it is. Scans say nothing about codes of ours. */
export function withCodes(assertion: Assertion, translate: (code: FoundCode) => string): Assertion {
  if (assertion.type === 'tracking.reported') return assertion
  const data = translated(assertion.data, translate, levels)
  const about = aboutOf(assertion, data, translate)
  return data === assertion.data && about === assertion.about ? assertion : { ...assertion, about, data }
}

/** Any content with other codes; itself where `translate` gives every code back as it is. */
export function withCodesIn(content: unknown, translate: (code: FoundCode) => string): unknown {
  return translated(content, translate, levels)
}

/** Stock is known by its item; numbers that a carrier assigned follow the carrier. */
function aboutOf(
  { about, data: before }: Assertion,
  after: unknown,
  translate: (code: FoundCode) => string,
): Assertion['about'] {
  const [from, to] = [carrierOf(before), carrierOf(after)]
  let isChanged = false
  const references = about.references.map((reference) => {
    const isItem = about.entity === 'stock' && reference.scheme === 'sku'
    const value = isItem ? translate({ kind: 'item', value: reference.value, qualifier: '' }) : reference.value
    const isCarriers = from !== undefined && to !== undefined && reference.issuer === from
    if (value === reference.value && (!isCarriers || from === to)) return reference
    isChanged = true
    return { ...reference, value, ...(isCarriers ? { issuer: to } : {}) }
  })
  return isChanged ? { ...about, references } : about
}

function carrierOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('carrier' in data)) return undefined
  return typeof data.carrier === 'string' ? data.carrier : undefined
}

function translated(value: unknown, translate: (code: FoundCode) => string, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth === 0) return value
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    const others = list.map((one) => translated(one, translate, depth - 1))
    return others.every((one, index) => one === list[index]) ? value : others
  }
  const members = value as Readonly<Record<string, unknown>>
  let copy: Record<string, unknown> | undefined
  for (const [name, member] of Object.entries(members)) {
    if (verbatim.has(name)) continue
    const kind = codedMembers[name]
    const other =
      kind === undefined
        ? translated(member, translate, depth - 1)
        : codes(member, { kind, of: members, translate, depth })
    if (other === member) continue
    copy ??= { ...members }
    copy[name] = other
  }
  return copy ?? value
}

function codes(
  member: unknown,
  about: {
    readonly kind: CodedKind
    readonly of: Readonly<Record<string, unknown>>
    readonly translate: (code: FoundCode) => string
    readonly depth: number
  },
): unknown {
  const { kind, of, translate, depth } = about
  if (Array.isArray(member)) {
    const list: readonly unknown[] = member
    const others = list.map((one) => codes(one, about))
    return others.every((one, index) => one === list[index]) ? member : others
  }
  if (typeof member !== 'string') return translated(member, translate, depth - 1)
  if (member === '' || member.length > codeCharactersMax) return member
  const text = (name: string): string => (typeof of[name] === 'string' ? of[name] : '')
  const qualifier = kind === 'service' ? text('carrier') : ''
  const item = kind === 'uom' ? text('sku') : ''
  return translate({ kind, value: member, qualifier, ...(item === '' ? {} : { item }) })
}
