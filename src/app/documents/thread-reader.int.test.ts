import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { group, set, x12 } from '../../../test/edi/interchanges.ts'
import type { Message } from '../../backbone/step.ts'
import { connectors } from '../../connectors/all.ts'
import { type Connection, openConnection } from '../../flow/connection.ts'
import { type DocumentReader, OwnThreadReader } from '../../flow/intake/document-reader.ts'
import { nothingShown, tryDocument } from '../partner/trial.ts'
import { ThreadReader } from './thread-reader.ts'

const open: ThreadReader[] = []
afterEach(async () => {
  for (const reader of open.splice(0)) await reader.close()
})

function inThread(limits: ConstructorParameters<typeof ThreadReader>[0] = {}): ThreadReader {
  const reader = new ThreadReader(limits)
  open.push(reader)
  return reader
}

const hash = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')
const shared = new ThreadReader()
afterAll(() => shared.close())
const readers: readonly (readonly [string, DocumentReader])[] = [
  ['its own thread', new OwnThreadReader({ bytesMost: 0, hash })],
  ['a thread beside', shared],
]

function connectionOf(connector: string, settings: Readonly<Record<string, unknown>> = {}): Connection {
  return openConnection({ id: 'partner', tenant: 'main', connector, settings }, { connectors, partitions: 1 })
}

function messageOf(text: string, contentType = 'application/json'): Message {
  return {
    ...{ id: 'msg_0-7', partition: 0, offset: 7, tenant: 'main', connection: 'partner', lane: 'realtime' },
    ...{ identity: 'one', bodyHash: '', receivedAt: 1_772_431_200_000, trace: '0'.repeat(32), headers: {} },
    ...{ contentType, body: new TextEncoder().encode(text) },
  }
}

const order = (number: number): string =>
  JSON.stringify({
    eventId: `E${number}`,
    type: 'order.created',
    occurredAt: '2026-03-02T06:00:00Z',
    data: { orderNumber: `SO-${number}` },
  })
const erp = connectionOf('generic-erp', { url: 'http://erp.example' })
const statuses = Array.from({ length: 250 }, (_, at) =>
  set({
    number: `${10_001 + at}`,
    ...(at === 5 ? { segmentsDeclared: '99' } : {}),
    body: [`B10*PRO${at}*BOL${at}*MRDN`, 'LX*1', `AT7*${at === 9 ? 'ZQ' : 'X3'}*NS***20260114*0815*LT`],
  }),
)
const rows = ['movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line'].concat(
  Array.from({ length: 50 }, (_, at) => `receipt,LAMP,4,EA,2026-04-01T09:00:00Z,NORTH,receipt,R${at},1`),
)

describe.each(readers)('documents that are read by %s', (_, reader) => {
  test.each([
    ['an order', messageOf(order(1)), erp],
    ['what is no JSON', messageOf('{"a":1,}'), erp],
    ['JSON without an order', messageOf('{"type":"order.created"}'), erp],
    [
      'an interchange',
      messageOf(x12({ groups: [group({ sets: statuses })] }), 'text/plain'),
      connectionOf('edi-partner'),
    ],
    ['a letter', messageOf('Dear partner,', 'text/plain'), connectionOf('edi-partner')],
    ['rows', messageOf(rows.join('\n'), 'text/csv'), connectionOf('warehouse-files')],
  ])('are known by the same, and mean the same: %s', async (about, message, connection) => {
    const here = new OwnThreadReader({ bytesMost: 0, hash })
    // As the door asks, which knows more of it than another thread can be told.
    const arrival = { ...message, connection }
    expect(await reader.identify(connection, arrival)).toEqual(await here.identify(connection, message))
    for (const wishes of [{}, { receipts: false, attempt: 2 }]) {
      const meaning = await reader.translate(connection, message, wishes)
      // As text, because a failure is of another thread, with another stack.
      expect(JSON.stringify(meaning)).toBe(JSON.stringify(await here.translate(connection, message, wishes)))
      if (about === 'an interchange' && wishes.receipts !== false) expect(meaning.receipts).toHaveLength(1)
    }
  })
})

describe('a thread beside', () => {
  /** A million values, of which each takes many times its bytes. */
  const poison = `{"eventId":"E","data":[${'[],'.repeat(900_000)}1]}`

  test('may die of a document, which is parked for it, while those that wait are read by the next one', async () => {
    const reader = inThread({ memoryMegabytes: 48 })
    const [costly, other] = await Promise.all([
      reader.translate(erp, messageOf(poison), {}),
      reader.translate(erp, messageOf(order(2)), {}),
    ])
    expect(costly.translation).toMatchObject({ failure: { code: 'DOCUMENT_TOO_COSTLY', flow: 'park' } })
    expect(other.translation).toMatchObject({ assertions: [{ type: 'order.reported' }] })
  }, 120_000)

  test('gives a document up that takes longer than one may; at the door that is known by its bytes', async () => {
    const [reader, message] = [inThread({ secondsMost: 0 }), messageOf(order(3))]
    const { translation } = await reader.translate(erp, message, {})
    expect(translation).toMatchObject({ failure: { code: 'DOCUMENT_TOO_COSTLY' } })
    expect(await reader.identify(erp, message)).toEqual({ found: {}, bodyHash: hash(message.body) })
  })

  test('parks nothing because the hub stops', async () => {
    const reader = inThread()
    const asked = [reader.translate(erp, messageOf(order(4)), {}), reader.identify(erp, messageOf(order(5)))]
    const told = Promise.all(asked.map((one) => expect(one).rejects.toMatchObject({ code: 'HUB_STOPPING' })))
    await new Promise(setImmediate)
    await reader.close()
    await told
  })

  test('tries a document for a partner as it is tried here', async () => {
    const [body, contentType] = [new TextEncoder().encode(order(6)), 'application/json']
    const tried = await shared.try(erp, { body, contentType, headers: {} }, 0)
    expect(tried).toEqual(tryDocument(erp, { bytes: body, contentType }, { now: 0, shown: nothingShown }))
    const costly = inThread({ secondsMost: 0 }).try(erp, messageOf(poison), 0)
    await expect(costly).rejects.toMatchObject({ code: 'DOCUMENT_TOO_COSTLY' })
  })

  test('leaves the thread of everybody else to them: the longest wait there is a fraction of what it would be', async () => {
    const lines = Array.from({ length: 60_000 }, (_, line) => ({ line, sku: `LAMP-${line}`, text: 'x'.repeat(300) }))
    const message = messageOf(JSON.stringify({ eventId: 'E', type: 'order.created', data: { lines } }))
    const longestWait = async (reader: DocumentReader): Promise<number> => {
      let [longest, last, isOver] = [0, performance.now(), false]
      const look = (): void => {
        const now = performance.now()
        longest = Math.max(longest, now - last)
        last = now
        if (!isOver) setImmediate(look)
      }
      look()
      await reader.identify(erp, message)
      await reader.translate(erp, message, {})
      isOver = true
      return Math.max(longest, performance.now() - last)
    }
    await shared.identify(erp, messageOf(order(7)))
    const [own, waited] = [await longestWait(new OwnThreadReader({ bytesMost: 0, hash })), await longestWait(shared)]
    expect(waited).toBeLessThan(own / 2)
  }, 60_000)
})
