import { expect, test } from 'vitest'
import { translate as aftership } from '../aftership/tracking.ts'
import { translate as dhl } from '../dhl/shipment.ts'
import { translate as easypost } from '../easypost/tracker.ts'
import { translate as shippo } from '../shippo/tracking.ts'
import type { Translation } from './connector.ts'

const settings = { unknownShipments: 'create', environment: 'live', confirmedCodes: [] } as const
const context = { settings, connection: 'c', receivedAt: 0, messageId: 'm' }

function document(content: unknown) {
  return { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content }
}

const good = '2026-03-02T07:45:00Z'
const bad = '02/03/26 7.45'

/** Three scans of one parcel, of which the one in the middle has a time that nobody can read, each as its sender writes it. */
const senders: readonly (readonly [string, (times: readonly string[]) => Translation, string])[] = [
  [
    'dhl',
    (times) =>
      dhl(
        document({
          shipments: [{ id: '7777777770', events: times.map((timestamp) => ({ timestamp, statusCode: 'transit' })) }],
        }),
        context,
      ),
    'shipments[0].events[1].timestamp',
  ],
  [
    'easypost',
    (times) =>
      easypost(
        document({
          object: 'Tracker',
          tracking_code: 'EZ1000000001',
          tracking_details: times.map((datetime) => ({ datetime, status: 'in_transit' })),
        }),
        context,
      ),
    'tracking_details[1].datetime',
  ],
  [
    'aftership',
    (times) =>
      aftership(
        document({
          event: 'tracking_update',
          msg: {
            tracking_number: 'AS1000000001',
            checkpoints: times.map((checkpoint_time) => ({ checkpoint_time, tag: 'InTransit' })),
          },
        }),
        context,
      ),
    'msg.checkpoints[1].checkpoint_time',
  ],
  [
    'shippo',
    (times) =>
      shippo(
        document({
          event: 'track_updated',
          data: {
            tracking_number: 'SH1000000001',
            tracking_history: times.map((status_date) => ({ status_date, status: 'TRANSIT' })),
          },
        }),
        context,
      ),
    'data.tracking_history[1].status_date',
  ],
]

test.each(senders)('%s: one scan that nobody can read holds no other back, and is named', (_, told, place) => {
  const translation = told([good, bad, good])
  expect(translation).toMatchObject({
    assertions: [{ data: { events: [{ code: 'in_transit' }, { code: 'in_transit' }] } }],
    rest: { code: 'CONTENT_IN_PART' },
  })
  expect('rest' in translation && translation.rest?.message).toContain(
    `could not be read: 1. At ${place}: expected a time`,
  )
})

test.each(senders)('%s: a message that can be read has no rest', (_, told) => {
  expect(told([good])).not.toHaveProperty('rest')
})

test('of many faults the first are named and all are counted', () => {
  const [[, told]] = senders as [(typeof senders)[0]]
  const translation = told([good, ...Array.from({ length: 40 }, () => bad)])
  const message = ('rest' in translation && translation.rest?.message) || ''
  expect(message).toContain('could not be read: 40.')
  expect(message.match(/expected a time/g)).toHaveLength(5)
})

test('one parcel that cannot be told from others does not refuse those beside it', () => {
  const events = [{ timestamp: good, statusCode: 'delivered' }]
  const translation = dhl(document({ shipments: [{ events }, { id: '7777777771', events }] }), context)
  expect(translation).toMatchObject({
    assertions: [{ about: { references: [{ value: '7777777771' }] } }],
    rest: { code: 'CONTENT_IN_PART' },
  })
})

test('a postal code that is none takes the place away, not the delivery', () => {
  const location = { address: { addressLocality: 'Bonn', postalCode: 'not known to the depot at this time' } }
  const events = [{ timestamp: good, statusCode: 'delivered', location }]
  const translation = dhl(document({ shipments: [{ id: '7777777770', events }] }), context)
  expect(translation).toMatchObject({ assertions: [{ data: { events: [{ code: 'delivered' }] } }] })
  expect('rest' in translation && translation.rest?.message).toContain('postalCode')
})

test('what nobody can read at all is refused as before, with the place of the fault', () => {
  expect(() => dhl(document({ shipments: [{ events: [] }] }), context)).toThrow('At shipments[0].id')
})
