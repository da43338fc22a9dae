import { normalizeIdentifier } from '../identifier.ts'
import type { Said } from './state.ts'

/**
 * Tells which package a number means. A number that no known package has is one more package, except where none of them is known by
 * a tracking number: then it is the number of the whole shipment (a PRO, a bill of lading), and undefined is the answer.
 */
export function packageFinder(said: Pick<Said, 'packages'>): (number: string | undefined) => string | undefined {
  if (said.packages.length === 0) return (number) => (number === '' ? undefined : number)
  const names = new Map<string, string>()
  for (const { id, sscc, trackingNumber } of said.packages) {
    names.set(normal(id), id)
    if (sscc !== undefined) names.set(normal(sscc), id)
    if (trackingNumber !== undefined) names.set(normal(trackingNumber), id)
  }
  const isNumbered = said.packages.some(({ trackingNumber }) => trackingNumber !== undefined)
  return (number) => {
    if (number === undefined || number === '') return undefined
    return names.get(normal(number)) ?? (isNumbered ? number : undefined)
  }
}

function normal(number: string): string {
  return normalizeIdentifier({ scheme: 'tracking_number', value: number.replace(/^\(00\)(?=\d{18}$)/, '') })
}
