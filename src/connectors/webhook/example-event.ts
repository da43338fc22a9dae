import { writeInstant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import { cloudEvent } from './cloud-event.ts'

/** What an example tells of: a delivery that never was. */
export const exampleType = 'shipment.delivered'

/** Its data, as those of a real one. */
export const exampleData = {
  progress: { total: 1, delivered: 1, partial: false },
  proofs: 1,
  proven: 1,
  references: [{ scheme: 'tracking_number', value: 'EXAMPLE-1' }],
}

/** An event as a subscriber gets it, which tells of nothing that happened: `example` is true in it, and in no other. JSON text. */
export function exampleEvent(about: {
  readonly id: string
  readonly tenant: string
  readonly trace: string
  /** Ms since 1970. */
  readonly at: number
}): string {
  const { id, tenant, trace, at } = about
  const instant = writeInstant(at)
  const fact: Fact = {
    id,
    tenant,
    trace,
    type: exampleType,
    subject: 'shp_00000000000000000000000000',
    occurredAt: instant,
    recordedAt: instant,
    source: 'hub:example',
    causation: id,
    correlation: id,
    data: exampleData,
  }
  const { data, ...envelope } = JSON.parse(cloudEvent(fact, { partition: 0, offset: 0 })) as Record<string, unknown>
  return JSON.stringify({ ...envelope, example: true, data })
}
