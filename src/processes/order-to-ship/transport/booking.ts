import type { ShipmentReport } from '../../../model/report.ts'
import type { Scope } from '../../engine/scope.ts'
import { record, text } from '../../told-document.ts'
import type { Known } from '../known.ts'
import { loadHere } from './load.ts'

/** What a carrier made of an order: labels with their numbers. */
export interface Booking {
  readonly trackingNumbers: readonly string[]
  readonly packages: NonNullable<ShipmentReport['packages']>
}

/** What the carrier answered when it was booked. Empty where nothing came back, or it was not booked over a connection. */
export function booking(scope: Scope<Known>): Booking {
  const labels = scope
    .answers('book')
    .flatMap(({ answer }) => (Array.isArray(answer['packages']) ? (answer['packages'] as unknown[]).map(record) : []))
  const packages = labels.flatMap((one, index) => {
    const trackingNumber = text(one['trackingNumber'])
    return trackingNumber === undefined
      ? []
      : [{ id: text(one['id']) ?? trackingNumber ?? `${index + 1}`, trackingNumber }]
  })
  return { packages, trackingNumbers: packages.map(({ trackingNumber }) => trackingNumber) }
}

/** Numbers that the carrier follows the load by, whoever told of them. */
export function trackingNumbersHere(scope: Scope<Known>): readonly string[] {
  const { trackingNumbers } = booking(scope)
  return [...new Set([...trackingNumbers, ...(loadHere(scope)?.trackingNumbers ?? [])])]
}
