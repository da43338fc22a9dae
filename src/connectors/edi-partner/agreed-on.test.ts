import { describe, expect, test } from 'vitest'
import { bytesOf, group, set, x12 } from '../../../test/edi/interchanges.ts'
import { readSettings } from '../../base/fields.ts'
import type { Overlay } from '../../edi/overlay/overlay.ts'
import { agreedFor, agreedOn } from './agreed-on.ts'
import { ediPartner } from './connector.ts'
import { large } from './large.ts'
import type { Agreement } from './policy.ts'
import { agreement } from './settings.ts'

const names = { partnerId: 'MERIDIANCARRIER', ownId: 'HARBORGOODSLTD' }
const overlay = (name: string, days: object): Overlay => ({
  ...{ name, about: 'The carrier signs.', level: 'partner', set: '214', version: '004010' },
  ...{ places: { L11: { use: 'required' } }, ...days },
})
const settings: Agreement = readSettings(agreement, {
  ...names,
  group: '997',
  editions: [
    { until: '2026-06-30', settings: { ...names, group: '997', sends: ['214'] } },
    {
      from: '2026-08-01',
      settings: { ...names, group: '999', x12Version: '005010', sends: ['990'], overlays: [overlay('later', {})] },
    },
  ],
})
const dated = (day: string): string =>
  x12({ groups: [group({ sets: [set()] })] }).replace(/\*\d{6}(?=\*\d{4}\*U)/, `*${day}`)
const answerOf = (day: string): string =>
  JSON.stringify(
    ediPartner.inbound?.receipt?.(
      { bytes: bytesOf(dated(day)), contentType: '', headers: {}, content: undefined },
      { settings, connection: 'meridian', receivedAt: Date.UTC(2027, 0, 1), messageId: 'msg_0-0' },
    ),
  )

describe('an agreement with days', () => {
  test('is that of the day of the interchange, whenever it comes in', () => {
    expect(answerOf('260630')).toContain('ST*997*')
    expect(answerOf('260801')).toContain('ST*999*')
  })

  test('is none on a day without one: the interchange is rejected', () => {
    expect(answerOf('260701')).toContain('interchange.no_agreement')
    expect(answerOf('260701')).toContain('"status":"rejected"')
    expect(answerOf('260630')).toContain('"status":"accepted"')
  })

  test('says on the day of a document what is sent, and how', () => {
    const owed = {
      command: 'answer_tender',
      payload: { references: [{ scheme: 'delivery', value: '80001' }], carrier: 'mrdn', answer: 'accepted' },
    }
    const write = (at: number) => JSON.stringify(ediPartner.documents?.write(owed, { settings, at }))
    expect(() => write(Date.UTC(2026, 5, 30))).toThrow('The agreement does not send 990 004010')
    expect(() => write(Date.UTC(2026, 6, 1))).toThrow('No agreement with the partner is in force on 2026-07-01')
    expect(write(Date.UTC(2026, 7, 1))).toContain('*005010~ST*990*')
    expect(ediPartner.documents?.problem('answer_tender', settings)).toBeUndefined()
    expect(ediPartner.documents?.problem('tender_shipment', settings)).toContain('does not send 204')
  })

  test('counts for large files as well, in whatever pieces they come', () => {
    const bytes = bytesOf(dated('260801'))
    for (const size of [1, 50, 100_000]) {
      const judge = large.judge(settings, { name: 'statuses.edi' })
      for (let at = 0; at < bytes.length; at += size) judge.feed(bytes.subarray(at, at + size))
      const [document] = judge.end().documents
      const stored = { message: 'msg_0-0', connection: 'meridian', contentHash: '', receivedAt: Date.UTC(2027, 0, 1) }
      expect(JSON.stringify(document?.receipt(stored))).toContain('ST*999*')
    }
  })
})

test('an overlay with days lies over what comes on them, and the same grammar is compiled once', () => {
  const some = readSettings(agreement, {
    ...names,
    overlays: [
      overlay('first', { until: '2026-06-30' }),
      overlay('next', { from: '2026-07-01' }),
      overlay('always', {}),
    ],
  })
  const on = (day: string) =>
    agreedFor(some, bytesOf(dated(day)), 0).overlays.map((one) => (typeof one === 'string' ? one : one.name))
  expect(on('260630')).toEqual(['first', 'always'])
  expect(on('260701')).toEqual(['next', 'always'])
  expect(agreedOn(some, '2026-07-01')).toBe(agreedOn(some, '2026-09-09'))
  const plain = readSettings(agreement, names)
  expect(agreedFor(plain, new Uint8Array(0), 0)).toBe(plain)
})
