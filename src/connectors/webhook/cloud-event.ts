import { traceparentOf } from '../../base/traceparent.ts'
import type { Fact } from '../../model/fact.ts'

/** A fact as a structured CloudEvent 1.0, JSON text. The order of the members is fixed: the bytes that are signed are these. */
export function cloudEvent(fact: Fact, position: { readonly partition: number; readonly offset: number }): string {
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
    ...(fact.replay === undefined ? {} : { replay: true }),
    data: fact.data,
  })
}
