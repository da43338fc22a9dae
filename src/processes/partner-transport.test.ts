import { expect, test } from 'vitest'
import type { Fact } from '../model/fact.ts'
import { offeredLoad, reportedStatus } from './partner-transport.ts'

test('who is told of a scan hears the country of its place and the kind of trouble', () => {
  const scan = { code: 'delayed', occurredAt: '2026-03-02T10:15:00.000Z', place: 'Columbus, OH, US' }
  const stored = { code: scan.code, at: Date.parse(scan.occurredAt), place: scan.place, country: 'US' }
  const state = { about: {}, references: [], events: [{ ...stored, reason: { category: 'weather', code: 'AO' } }] }
  const fact = { subject: 'shp_1', data: { events: [scan] } } as unknown as Fact
  const [told] = reportedStatus(fact, state)
  expect(told?.payload).toMatchObject({ events: [{ ...scan, country: 'US', reason: 'weather' }] })
})

test('a carrier hears by which ports a load goes; that his own answer names them is no change of the offer', () => {
  const ports = { load: { unlocode: 'BEANR', country: 'BE' } }
  const offer = (about: object) =>
    offeredLoad({ type: 'shipment.tendered', subject: 'shp_1', data: {} } as unknown as Fact, {
      ...{ references: [], events: [], plan: [], packages: [] },
      about: { carrier: 'mrdn', ...about },
    })[0]
  expect(offer({ ports })?.payload).toMatchObject({ ports })
  expect(offer({ ports })?.revision).toEqual(offer({})?.revision)
  expect(offer({ service: 'express' })?.revision).not.toEqual(offer({})?.revision)
})
