import { expect, test } from 'vitest'
import type { Fact } from '../../model/fact.ts'
import type { TransmissionState } from '../../model/transmission/state.ts'
import { carrierReassignment } from '../carrier-reassignment/process.ts'
import { processSubject } from './instance.ts'
import { router, toldOutcome, toldTransmission } from './told.ts'

function fact(type: string, data: unknown, more: Partial<Fact> = {}): Fact {
  const at = '2026-04-01T10:00:00.000Z'
  return {
    ...{ id: 'f1', type, subject: 'shp_1', tenant: 'main', recordedAt: at, source: 'test', causation: 'f0' },
    ...{ correlation: 'shp_1', trace: '0'.repeat(32), data },
    ...more,
  }
}

const origin = { process: 'prc_1', naturalKey: 'withdraw_tender:harbor:shp_1:ACME' }
const state = (status: TransmissionState['status']): unknown => ({
  status,
  report: { connection: 'harbor', origin },
  document: { interchange: 7 },
})

test.each([
  ['acknowledged', 'transmission.acknowledged', 'applied'],
  ['rejected', 'transmission.rejected', 'refused'],
  ['unwritable', 'transmission.unwritable', 'refused'],
  ['closed', 'transmission.closed', 'applied'],
] as const)('a document that is %s is an outcome for the process that asked for it', (status, type, outcome) => {
  expect(toldTransmission(fact(type, { codes: ['5'] }), state(status))).toMatchObject([
    {
      type: 'process.outcome_reported',
      subject: 'prc_1',
      data: { outcome, target: 'harbor', naturalKey: origin.naturalKey, documentReference: '7', reason: '5' },
    },
  ])
})

test.each(['numbering', 'sent', 'overdue'] as const)('a document that is %s is no outcome yet', (status) => {
  expect(toldTransmission(fact('transmission.issued', {}), state(status))).toEqual([])
})

test('a document that no process asked for is nobody’s outcome', () => {
  expect(
    toldTransmission(fact('transmission.acknowledged', {}), {
      status: 'acknowledged',
      report: { connection: 'harbor' },
    }),
  ).toEqual([])
})

test('an outcome finds its process by the fact that caused the effect, and no other process', () => {
  const applied = (causation: string): Fact => fact('effect.applied', { effect: 'eff_1' }, { causation })
  expect(toldOutcome(applied('msg_0-1.0.declined.t0.prc_42~7'))).toMatchObject([
    { subject: 'prc_42', data: { outcome: 'applied' } },
  ])
  expect(toldOutcome(applied('msg_0-1.0.status'))).toEqual([])
})

test('a fact reaches the instance of its key, with what the tenant has set, and only tenants who want the process', () => {
  const { told } = router([carrierReassignment])
  const declined = fact('shipment.tender_declined', { references: [], carrier: 'ACME' })
  expect(told(declined, undefined, () => undefined)).toEqual([])
  expect(told(declined, undefined, () => ({ tenderMinutes: 5 }))).toMatchObject([
    {
      type: 'process.fact_reported',
      subject: processSubject('main', 'carrier-reassignment', 'shp_1'),
      data: {
        key: 'shp_1',
        told: { type: 'shipment.tender_declined', data: { carrier: 'ACME' } },
        policy: { tenderMinutes: 5 },
      },
    },
  ])
})

test('what somebody claims is not yet so: no process may hear reports', () => {
  const { subscribes } = carrierReassignment
  const [first] = Object.values(subscribes)
  if (first === undefined) throw new Error('it hears nothing')
  expect(() => router([{ ...carrierReassignment, subscribes: { 'shipment.reported': first } }])).toThrow('is a report')
})
