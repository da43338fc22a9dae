import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cloudEvent } from '../../src/connectors/webhook/cloud-event.ts'
import { countsText, event, noticesText } from '../../src/gateway/stream/event-text.ts'
import { noticeOf } from '../../src/gateway/stream/notice.ts'
import { topicNames } from '../../src/gateway/stream/topics.ts'
import { type Fact, isReport } from '../../src/model/fact.ts'
import { factSchemas } from '../../src/model/facts/all.ts'
import type { Schema } from '../../tools/reference/schema.ts'
import { root } from '../../tools/source-tree.ts'
import { valuesOf } from '../arbitrary.ts'

interface Message {
  readonly name: string
  readonly contentType: string
}

/** The description that subscribers build on. */
const document = JSON.parse(readFileSync(join(root, 'schemas/asyncapi.json'), 'utf8')) as {
  readonly channels: Readonly<
    Record<
      string,
      {
        readonly address: string
        readonly messages: Readonly<
          Record<string, { readonly payload?: { readonly properties: Readonly<Record<string, unknown>> } }>
        >
      }
    >
  >
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>
    readonly schemas: { readonly Envelope: { readonly properties: Readonly<Record<string, unknown>> } }
  }
}
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
ajv.addSchema(document, 'asyncapi')

/** What a payload says otherwise than the document: a member of the wrong kind, or one that nobody wrote down. */
function wrongIn(pointer: string, known: Readonly<Record<string, unknown>>, payload: object): readonly string[] {
  const check = ajv.getSchema(`asyncapi#${pointer}`)
  if (check === undefined) return [`there is nothing at ${pointer}`]
  const said =
    check(payload) === true ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  const unknown = Object.keys(payload).filter((name) => !Object.hasOwn(known, name))
  return [...said, ...unknown.map((name) => `${name} is not documented`)]
}

const moment = '2026-04-01T11:00:00Z'

/** Facts of a type as they are declared, with what a fact may have or not. */
function factsOf(type: string): fc.Arbitrary<Fact> {
  return fc
    .record({
      data: valuesOf(factSchemas[type] as Schema),
      occurredAt: fc.constantFrom(undefined, '2026-04-01T12:59:00+02:00'),
      isReplay: fc.boolean(),
    })
    .map(
      ({ data, occurredAt, isReplay }) =>
        ({
          id: 'fct_0-1',
          tenant: 'main',
          source: 'carrier',
          subject: 'shp_1',
          type,
          recordedAt: moment,
          correlation: 'cor_1',
          causation: 'msg_0-1',
          trace: '0af7651916cd43dd8448eb211c80319c',
          ...(occurredAt === undefined ? {} : { occurredAt }),
          ...(isReplay ? { replay: 'job_1' } : {}),
          data,
        }) as unknown as Fact,
    )
}

const sent = Object.keys(factSchemas).filter((type) => !isReport(type))
const endings = [
  undefined,
  { deprecatedAt: 0 },
  { deprecatedAt: 0, sunsetAt: 1, successor: 'event:shipment.status_changed' },
]

test('every type of event that a subscriber can be sent is in the document, and nothing else', () => {
  const addresses = Object.values(document.channels).map(({ address }) => address)
  expect(addresses.toSorted()).toEqual([...sent, '/v1/stream'].toSorted())
})

describe('a webhook is what the document says of its event:', () => {
  const { properties } = document.components.schemas.Envelope

  test.for(Object.entries(document.components.messages))('%s', ([key, { name, contentType }]) => {
    expect(contentType).toBe('application/cloudevents+json')
    fc.assert(
      fc.property(factsOf(name), fc.constantFrom(...endings), (fact, ending) => {
        const payload = JSON.parse(cloudEvent(fact, { partition: 0, offset: 7 }, ending)) as object
        expect(wrongIn(`/components/messages/${key}/payload`, properties, payload)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  test('an attribute that nobody wrote down is seen, and one of the wrong kind', () => {
    const [fact] = fc.sample(factsOf('shipment.delivered'), 1)
    const payload = JSON.parse(cloudEvent(fact as Fact, { partition: 0, offset: 7 })) as object
    const pointer = '/components/messages/shipmentDelivered/payload'
    expect(wrongIn(pointer, properties, { ...payload, colour: 'red' })).toEqual(['colour is not documented'])
    expect(wrongIn(pointer, properties, { ...payload, replay: 'yes' })).toEqual(['/replay must be boolean'])
  })
})

describe('an event of the live stream is what the document says:', () => {
  /** Payloads of a text of events. */
  const payloads = (text: string): readonly object[] =>
    [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as object)
  const judge = (message: string, text: string): void => {
    const pointer = `/channels/liveStream/messages/${message}/payload`
    const { properties } = document.channels['liveStream']?.messages[message]?.payload ?? { properties: {} }
    const found = payloads(text)
    expect(found.length).toBeGreaterThan(0)
    for (const payload of found) expect(wrongIn(pointer, properties, payload)).toEqual([])
  }
  const topics = new Set(topicNames)
  const notices = ['shipment.delivered', 'order.received', 'invoice.issued'].flatMap((type, offset) =>
    fc
      .sample(factsOf(type), 3)
      .map((fact) => noticeOf({ partition: 0, offset, fact } as Parameters<typeof noticeOf>[0])),
  )
  const stretch = { notices, from: [0], mark: 'mark' }

  test.for(['fact', 'changes'] as const)('%s', (message) => {
    const detail = message === 'fact' ? 'facts' : 'changes'
    judge(message, noticesText(stretch, { tenant: 'main', topics, detail }))
  })

  test('counts', () => {
    judge(
      'counts',
      countsText({ counts: { parked: { parked: 3 } } } as unknown as Parameters<typeof countsText>[0], topics, [
        'parked',
        'jobs',
      ]),
    )
  })

  test('reset', () => {
    judge('reset', event('reset', { data: { reason: 'too old' } }))
  })
})
