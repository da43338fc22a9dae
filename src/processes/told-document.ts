import { readDecimal } from '../base/decimal.ts'
import type { Fact, Reference } from '../model/fact.ts'
import { normalizeIdentifier } from '../model/identifier.ts'
import { canonicalUnit } from '../model/partner-unit.ts'
import type { Data } from './posting.ts'

/** A line of a document as somebody told it: what is missing was not told, or was no number. */
export interface Line {
  readonly line: string
  readonly sku: string
  readonly quantity?: string
  /** UN/ECE Recommendation 20 where the unit is known there. */
  readonly uom?: string
  readonly price?: string
  readonly status?: string
  readonly lot?: string
  /** Its supplier refuses it, or some of it, at whatever quantity he repeats. */
  readonly isRefused?: true
}

/** What a supplier says to a line of which nothing comes. */
const refusals: ReadonlySet<unknown> = new Set(['rejected', 'deleted'])

/** The number of the document that a fact is about, or that it names: normalised, so that leading zeros make no second one. */
export function numberIn(fact: Fact, member: string, scheme: string): string | undefined {
  const { object = {}, references = [] } = fact.data as { object?: Data; references?: readonly Reference[] }
  const value = text(object[member]) ?? references.find((one) => one.scheme === scheme)?.value
  return value === undefined ? undefined : normalizeIdentifier({ scheme, value })
}

/** The lines of a document; those without an item are nobody's. Lots are left out where nobody asks for them. */
export function linesOf(told: unknown, { lots = false } = {}): readonly Line[] {
  if (!Array.isArray(told)) return []
  return (told as unknown[]).flatMap((one, index): Line[] => {
    const { line, lineNo, sku, quantity, uom, price, status, lot, answers } = record(one)
    const item = text(sku)
    if (item === undefined) return []
    return [
      {
        line: text(line) ?? text(lineNo) ?? `${index + 1}`,
        sku: item,
        ...present('quantity', decimal(quantity)),
        ...present('uom', text(uom) === undefined ? undefined : canonicalUnit(text(uom) ?? '')),
        ...present('price', decimal(price)),
        ...present('status', text(status)),
        ...present('lot', lots ? text(lot) : undefined),
        ...(isRefused(answers) ? { isRefused: true } : {}),
      },
    ]
  })
}

function isRefused(answers: unknown): boolean {
  return Array.isArray(answers) && (answers as unknown[]).some((one) => refusals.has(record(one)['answer']))
}

/** A member that is not there is left out of what is stored. */
export function present<N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [K in N]: V })
}

/** Text with something in it; undefined for everything else. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number of a document, exactly. */
export function decimal(value: unknown): string | undefined {
  return typeof value === 'string' ? readDecimal(value) : undefined
}

/** An object of a document; empty where there is none. */
export function record(value: unknown): Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {}
}
