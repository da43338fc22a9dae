import type { SpanKind as OtelSpanKind } from '@opentelemetry/api'
import type { Stage, StageSpan } from '../base/stage-span.ts'
import { parseTraceparent, rootSpanId } from '../base/traceparent.ts'

/** Tells a collector what each stage did with a message. Ids and codes only. */
export interface Tracer {
  readonly record: (span: StageSpan) => void
  /** Sends what is left, for a moment: a collector that is away does not hold up a stop. */
  close(): Promise<void>
}

/** Where spans are sent, and what the collector knows this process by. */
export interface TracerOptions {
  /** Base URL of an OTLP/HTTP collector, as in OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string
  readonly service: string
  readonly version: string
  /** The node, so that instances can be told apart. */
  readonly instance: string
}

/** Undefined without a collector: then nothing of OpenTelemetry is even loaded. */
export async function openTracer(options: TracerOptions | undefined): Promise<Tracer | undefined> {
  if (options === undefined) return undefined
  const [
    { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace: api },
    sdk,
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const ids = new GivenIds(new sdk.RandomIdGenerator())
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new sdk.TracerProvider({
    idGenerator: ids,
    resource: resourceFromAttributes({
      'service.name': options.service,
      'service.version': options.version,
      'service.instance.id': options.instance,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('interline', options.version)
  return {
    record: (span) => {
      const isRoot = span.stage === 'intake'
      if (isRoot) ids.give(span.trace, rootSpanId(span.trace))
      const parent = isRoot ? ROOT_CONTEXT : api.setSpanContext(ROOT_CONTEXT, contextOf(span.trace, TraceFlags.SAMPLED))
      const started = tracer.startSpan(
        `${operations[span.stage].name} ${span.destination}`,
        {
          kind: SpanKind[operations[span.stage].kind],
          startTime: span.startedAt,
          attributes: attributesOf(span),
          links: linksOf(span.link, TraceFlags),
        },
        parent,
      )
      if (span.error !== undefined) started.setStatus({ code: SpanStatusCode.ERROR })
      started.end(span.endedAt)
    },
    close: () => withinMoment(provider.shutdown()),
  }
}

/** Settles with the work, whatever becomes of it, or after two seconds. Spans are worth less than the stop that waits for them. */
async function withinMoment(work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, 2000)
  await Promise.race([work.catch(() => {}), promise])
  clearTimeout(timer)
}

/** Operation of the messaging conventions: what a stage does to a message. */
const operations: Readonly<
  Record<Stage, { readonly name: string; readonly type: string; readonly kind: keyof typeof OtelSpanKind }>
> = {
  intake: { name: 'create', type: 'create', kind: 'PRODUCER' },
  translate: { name: 'translate', type: 'process', kind: 'CONSUMER' },
  advance: { name: 'advance', type: 'process', kind: 'CONSUMER' },
  dispatch: { name: 'send', type: 'send', kind: 'PRODUCER' },
}

function attributesOf({ stage, destination, message, correlation, error }: StageSpan): Record<string, string> {
  return {
    'messaging.system': 'interline',
    'messaging.operation.name': operations[stage].name,
    'messaging.operation.type': operations[stage].type,
    'messaging.destination.name': destination,
    ...(message === undefined ? {} : { 'messaging.message.id': message }),
    ...(correlation === undefined ? {} : { 'messaging.message.conversation_id': correlation }),
    ...(error === undefined ? {} : { 'error.type': error }),
  }
}

function linksOf(
  link: string | undefined,
  { NONE, SAMPLED }: { readonly NONE: number; readonly SAMPLED: number },
): { context: { traceId: string; spanId: string; traceFlags: number } }[] {
  const found = parseTraceparent(link)
  if (found === undefined) return []
  return [{ context: { traceId: found.trace, spanId: found.span, traceFlags: found.sampled ? SAMPLED : NONE } }]
}

function contextOf(trace: string, traceFlags: number): { traceId: string; spanId: string; traceFlags: number } {
  return { traceId: trace, spanId: rootSpanId(trace), traceFlags }
}

/** Lets the root span have the ids that the message carries; all others are random. */
class GivenIds {
  readonly #others: { generateTraceId(): string; generateSpanId(): string }
  #trace: string | undefined
  #span: string | undefined

  constructor(others: { generateTraceId(): string; generateSpanId(): string }) {
    this.#others = others
  }

  give(trace: string, span: string): void {
    this.#trace = trace
    this.#span = span
  }

  generateTraceId(): string {
    const given = this.#trace ?? this.#others.generateTraceId()
    this.#trace = undefined
    return given
  }

  generateSpanId(): string {
    const given = this.#span ?? this.#others.generateSpanId()
    this.#span = undefined
    return given
  }
}
