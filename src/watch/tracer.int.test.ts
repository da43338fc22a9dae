import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import type { StageSpan } from '../base/stage-span.ts'
import { rootSpanId, traceparentOf } from '../base/traceparent.ts'
import { openTracer } from './tracer.ts'

interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
  readonly status: { readonly code?: number }
  readonly links?: readonly { readonly traceId: string }[]
}

interface Received {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
    }
    readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[]
  }[]
}

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span: StageSpan = {
  stage: 'intake',
  trace,
  destination: 'dhl',
  message: 'msg_0-7',
  startedAt: 1_760_000_000_000,
  endedAt: 1_760_000_000_004,
}

/** A collector that keeps what it was sent. */
async function collect(spans: readonly StageSpan[]): Promise<{ received: Received; paths: string[] }> {
  const bodies: string[] = []
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      bodies.push(body)
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const tracer = await openTracer({
    endpoint: `http://127.0.0.1:${port}/`,
    service: 'interline',
    version: '1',
    instance: 'n1',
  })
  for (const one of spans) tracer?.record(one)
  await tracer?.close()
  return { received: JSON.parse(bodies[0] ?? '{}') as Received, paths }
}

test('without a collector there is no tracer', async () => {
  expect(await openTracer(undefined)).toBeUndefined()
})

test('a collector that is away is nobody’s failure', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await new Promise((resolve) => server.close(resolve))
  const tracer = await openTracer({
    endpoint: `http://127.0.0.1:${port}`,
    service: 'interline',
    version: '1',
    instance: 'n1',
  })
  tracer?.record(span)
  await expect(tracer?.close()).resolves.toBeUndefined()
})

test('all stages of a message are one trace: intake is the root with the ids that the message carries', async () => {
  const { received, paths } = await collect([
    span,
    { ...span, stage: 'translate' },
    { ...span, stage: 'advance' },
    { ...span, stage: 'dispatch', destination: 'erp', correlation: 'shp_1', error: 'TIMEOUT' },
  ])
  expect(paths).toEqual(['/v1/traces'])
  const spans = received.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  expect(spans.map(({ name, kind, parentSpanId }) => ({ name, kind, parentSpanId }))).toEqual([
    { name: 'create dhl', kind: 4, parentSpanId: undefined },
    { name: 'translate dhl', kind: 5, parentSpanId: rootSpanId(trace) },
    { name: 'advance dhl', kind: 5, parentSpanId: rootSpanId(trace) },
    { name: 'send erp', kind: 4, parentSpanId: rootSpanId(trace) },
  ])
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([trace]))
  expect(spans[0]?.spanId).toBe(rootSpanId(trace))
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(4)
  expect(spans[0]).toMatchObject({ startTimeUnixNano: '1760000000000000000', endTimeUnixNano: '1760000000004000000' })
})

test('attributes follow the messaging conventions and hold ids and codes only', async () => {
  const { received } = await collect([
    { ...span, stage: 'dispatch', destination: 'erp', message: 'msg_0-7', correlation: 'shp_1', error: 'TIMEOUT' },
  ])
  const [sent] = received.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
  expect(Object.fromEntries((sent?.attributes ?? []).map(({ key, value }) => [key, value.stringValue]))).toEqual({
    'messaging.system': 'interline',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': 'erp',
    'messaging.message.id': 'msg_0-7',
    'messaging.message.conversation_id': 'shp_1',
    'error.type': 'TIMEOUT',
  })
  expect(sent?.status.code).toBe(2)
  const resource = received.resourceSpans[0]?.resource.attributes ?? []
  expect(resource).toContainEqual({ key: 'service.instance.id', value: { stringValue: 'n1' } })
})

test('a replay is a trace of its own, linked to the original', async () => {
  const replay = 'a'.repeat(32)
  const { received } = await collect([{ ...span, trace: replay, link: traceparentOf(trace) }])
  const [sent] = received.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
  expect(sent?.traceId).toBe(replay)
  expect(sent?.links?.map(({ traceId }) => traceId)).toEqual([trace])
})
