import type { Idempotency } from '../kit/connector.ts'
import type { Reading } from '../kit/reading.ts'

/** Ours behind what people have written into the field. */
export function withReference(field: Reading, ours: string): string {
  const found = field.optionalText(1000)
  return found === undefined ? ours : `${found} ${ours}`
}

/** Whether the field carries our reference: as a word of its own, because what surrounds it belongs to others. */
export function carries(field: Reading, ours: string): boolean {
  return (field.optionalText(2000) ?? '').split(/\s+/).includes(ours)
}

/** Finds documents by our reference as a word, wherever it stands in the field. */
export function referenceDomain(field: string, ours: string): readonly unknown[] {
  return [field, 'ilike', `%${ours.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`]
}

/**
 * Tryton answers when it has committed, so that only a request that still runs may finish later: ten minutes is longer than any proxy
 * waits. What is read back is what it has committed.
 */
export function readBackBy(field: string): Idempotency {
  return { strategy: 'read-back', field, horizonSeconds: 600, lagSeconds: 0, referenceLength: 32 }
}

/** Where our reference is a word of the field that Tryton has for references of others. */
export const readBackByReference = readBackBy('reference')

/** Marks a shipment that was made a delivery: it is one from then on, whatever state it is in. */
export const createdMark = 'created:'
/** Marks a shipment of which an amendment of its order took something. */
export const amendedMark = 'amended:'
