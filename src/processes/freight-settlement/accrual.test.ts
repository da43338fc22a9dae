import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Fact } from '../../model/fact.ts'
import type { Instance } from '../engine/instance.ts'
import { freightSettlement } from './process.ts'

const rated = (amount: string, { carrier = 'haul', number = '0080000001' } = {}): Told => ({
  type: 'freight_accrual.estimated',
  subject: 'acr_1',
  data: {
    to: 'estimated',
    object: {
      ...{ deliveryNumber: number, carrier, currency: 'EUR', basis: 'contract' },
      charges: [{ code: 'linehaul', amount: { amount, currency: 'EUR' } }],
    },
  },
})
const left = (confirmation: object = {}, type = 'delivery.staged'): Told => ({
  type,
  subject: 'dlv_1',
  data: {
    object: {
      deliveryNumber: '80000001',
      confirmations: { 1: { carrier: 'haul', confirmedAt: '2026-03-31T23:30:00-05:00', ...confirmation } },
    },
  },
})
const shipment = (type: string, data: object = {}): Told => ({
  type: `shipment.${type}`,
  subject: 'shp_1',
  data: { ...data, references: [{ scheme: 'delivery', value: '0080000001' }] },
})
const invoice: Told = {
  type: 'freight_invoice.received',
  subject: 'frt_1',
  data: {
    object: {
      ...{
        invoiceNumber: 'F1',
        carrier: 'haul',
        deliveryNumber: '80000001',
        total: { amount: '100', currency: 'EUR' },
      },
      lines: [],
    },
  },
}
const matched: Told = {
  type: 'freight_accrual.matched',
  subject: 'acr_1',
  data: { object: { deliveryNumber: '80000001', carrier: 'haul' } },
}
const begun = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((run, fact) => run.tell(fact), new ProcessRun(freightSettlement, { policy: { serviceProof: 'none' } }))
const where = (run: ProcessRun, carrier = 'haul') => run.state(`accrual/${carrier}`)
const said = (run: ProcessRun) => run.said('freight_accrual.reported').map(({ status }) => status)
const posted = (...facts: readonly Told[]): ProcessRun =>
  begun(rated('100.00'), left(), ...facts).outcome('post_freight_accrual', 'applied')

describe('money that is put aside for a carrier', () => {
  test('is posted when the goods have left, in the period in which they did where they were', () => {
    expect([where(begun(rated('100.00'))), begun(rated('100.00')).asked]).toEqual(['rated', []])
    const run = begun(rated('100.00'), left())
    expect(run.effects).toMatchObject([
      {
        command: 'post_freight_accrual',
        businessKey: '80000001:haul',
        payload: { postingDate: '2026-03-31', lines: [{ amount: '100', currency: 'EUR' }] },
      },
    ])
    expect([where(run.outcome('post_freight_accrual', 'applied')), said(run)]).toEqual(['posted', ['posted']])
  })

  test('is posted by the standing rule, and not again, where the warehouse confirms what it costs', () => {
    const run = begun(rated('100.00'), left({ freight: { amount: '110.00', currency: 'EUR' } }))
    expect([where(run), run.asked, said(run)]).toEqual(['posted', [], ['posted']])
  })

  test('is waited for when the goods are late', () => {
    const run = begun(rated('100.00')).fire('departure/haul')
    expect([where(run), run.timers.size]).toEqual(['rated', 1])
  })

  test('is changed by the difference when the price is another one, once for each price', () => {
    const run = posted().tell(rated('112.50')).tell(rated('112.50'))
    expect(run.effects.at(-1)).toMatchObject({
      command: 'adjust_freight_accrual',
      businessKey: '80000001:haul:112.5',
      payload: { delta: '12.5', postingDate: '2026-03-31' },
    })
    run.outcome('adjust_freight_accrual', 'applied')
    expect([where(run), run.asked]).toEqual([
      'posted',
      ['post_freight_accrual 80000001:haul', 'adjust_freight_accrual 80000001:haul:112.5'],
    ])
  })

  test('is used up by the invoice of the carrier, also where that came under another number of the load', () => {
    const run = posted().tell(invoice).outcome('post_freight_invoice', 'applied')
    expect([where(run), said(run), run.instance?.endedAt !== undefined]).toEqual([
      'closed',
      ['posted', 'matched'],
      true,
    ])
    expect(where(posted().tell(matched))).toBe('closed')
  })

  test('is dropped where nothing is shipped, and taken back where it was posted for a carrier who has it no longer', () => {
    expect(where(begun(rated('100.00'), shipment('cancelled')))).toBe('dropped')
    expect(where(begun(rated('100.00'), shipment('carrier_reassigned', { carrier: 'other' })))).toBe('dropped')
    const run = posted()
      .tell(shipment('carrier_reassigned', { carrier: 'other' }))
      .tell(rated('90', { carrier: 'other' }))
    expect(run.asked.slice(1)).toEqual(['reverse_freight_accrual 80000001:haul'])
    expect(where(run, 'other')).toBe('rated')
    run.outcome('reverse_freight_accrual', 'applied')
    expect(run.asked.slice(2)).toEqual(['post_freight_accrual 80000001:other'])
    expect([where(run), said(run)]).toEqual(['reversed', ['posted', 'reversed']])
  })

  test.each([
    ['reverse', 'reversing', ['reverse_freight_accrual 80000001:haul']],
    ['keep', 'posted', []],
  ])('and is not asked for in half a year is for finance: %s', (decision, state, asked) => {
    const run = posted().fire('un-invoiced-report/haul')
    expect(run.open).toEqual([])
    run.fire('un-invoiced-reverse/haul')
    expect([run.open, [...run.tasks.values()][0]?.['role']]).toEqual([['reverse-accrual'], 'finance'])
    run.answer('reverse-accrual', decision)
    expect([where(run), run.asked.slice(1)]).toEqual([state, asked])
    expect(posted().fire('un-invoiced-reverse/haul').tell(matched).open).toEqual([])
  })

  test.each([
    ['refused', 'resolve-refusal'],
    ['parked', 'resolve-unknown'],
  ] as const)('and whose posting is %s is for finance', (outcome, task) => {
    const run = begun(rated('100.00'), left()).outcome('post_freight_accrual', outcome)
    expect([run.open, where(run.fire('post-confirm/haul'))]).toEqual([[task], 'posting'])
    expect(where(run.answer(task, 'done'))).toBe('posted')
  })
})

test('what is rated is told to whoever is asked for money under a tracking number, and put aside under the delivery alone', () => {
  const { keys, take } = freightSettlement.subscribes['freight_accrual.estimated'] ?? {}
  const { object } = rated('100').data as { readonly object: object }
  const fact = { data: { object: { ...object, trackingNumbers: ['HL 1'] } } } as Fact
  expect(keys?.(fact, undefined)).toEqual(['80000001', 'HL1'])
  const isOwn = (key: string): unknown =>
    Object.values((take?.(fact, undefined, key) ?? {}) as Record<string, Record<string, { isOwn?: true }>>)[0]?.[
      'rated/0080000001/haul'
    ]?.isOwn
  expect([isOwn('80000001'), isOwn('HL1')]).toEqual([true, undefined])
})

test('what version 1 has stored goes on, and what it followed is not posted again', () => {
  const { instance } = begun(invoice, left({ freight: { amount: '100', currency: 'EUR' } }))
  const { matched: _, leftAt: __, ...known } = (instance?.known ?? {}) as Record<string, unknown>
  const { accrual: ___, ...at } = (instance?.at ?? {}) as Record<string, unknown>
  const { 'accrual/haul': ____, ...old } = at
  const run = ProcessRun.resumed(freightSettlement, { ...instance, version: 1, known, at: old } as unknown as Instance)
  run.outcome('post_freight_invoice', 'applied')
  expect([run.instance?.version, run.state('invoice/haul:F1'), run.asked]).toEqual([
    freightSettlement.version,
    'posted',
    [],
  ])
})

processPromises(
  freightSettlement,
  {
    'a carrier who is replaced': [
      rated('100.00'),
      left(),
      shipment('carrier_reassigned', { carrier: 'other' }),
      rated('90.00', { carrier: 'other' }),
      rated('95.00', { carrier: 'other' }),
      invoice,
      matched,
    ],
    'a price that the warehouse confirms': [
      rated('100.00'),
      left({ freight: { amount: '110.00', currency: 'EUR' } }),
      left({ freight: { amount: '120.00', currency: 'EUR' } }, 'delivery.changed'),
      shipment('cancelled'),
      invoice,
    ],
  },
  { serviceProof: 'none' },
)
