import { writeInstant } from '../../base/instant.ts'
import { traceparentOf } from '../../base/traceparent.ts'
import type { Fact } from '../../model/fact.ts'

/** When an event ends, in ms since 1970, and what is read instead. */
export interface Ending {
  readonly deprecatedAt?: number
  readonly sunsetAt?: number
  readonly successor?: string
}

/** A fact as a structured CloudEvent 1.0, JSON text. The order of the members is fixed: the bytes that are signed are these. */
export function cloudEvent(
  fact: Fact,
  position: { readonly partition: number; readonly offset: number },
  ending?: Ending,
): string {
  return JSON.stringify({
    specversion: '1.0',
    id: fact.id,
    type: fact.type,
    source: `/${fact.tenant}/${fact.source}`,
    subject: fact.subject,
    time: fact.recordedAt,
    datacontenttype: 'application/json',
    // Must be an absolute URI: the official library refuses the event otherwise. The last part is the major version.
    dataschema: `urn:interline:schema:${fact.type}:1`,
    tenantid: fact.tenant,
    correlationid: fact.correlation,
    causationid: fact.causation,
    partitionkey: fact.subject,
    sequence: String(position.offset).padStart(15, '0'),
    idempotencykey: fact.id,
    traceparent: traceparentOf(fact.trace),
    ...(fact.occurredAt === undefined ? {} : { effectivetime: fact.occurredAt }),
    ...(ending === undefined ? {} : deprecation(ending)),
    ...(fact.replay === undefined ? {} : { replay: true }),
    data: fact.data,
  })
}

/** Attributes of the deprecation extension of CloudEvents. */
function deprecation({ deprecatedAt, sunsetAt, successor }: Ending): Record<string, unknown> {
  return {
    deprecated: true,
    ...(deprecatedAt === undefined ? {} : { deprecationfrom: writeInstant(deprecatedAt) }),
    ...(sunsetAt === undefined ? {} : { deprecationsunset: writeInstant(sunsetAt) }),
    ...(successor === undefined ? {} : { deprecationmigration: `/v1/contracts/${encodeURIComponent(successor)}` }),
  }
}
