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

  test('is one price however the number of the delivery is written', () => {
    const run = begun(rated('100.00'), rated('100.00', { number: '80000001' }), left())
    expect(run.effects).toMatchObject([{ payload: { lines: [{ amount: '100' }] } }])
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

describe('what is in the books of a delivery with several confirmations', () => {
  const confirmed = (second: object, first: object = {}): Told => {
    const { data } = left(first)
    const { object } = data as { readonly object: { readonly confirmations: object } }
    const confirmations = { ...object.confirmations, 2: { carrier: 'haul', ...second } }
    return { type: 'delivery.changed', subject: 'dlv_1', data: { object: { ...object, confirmations } } }
  }
  const freight = (amount: string) => ({ freight: { amount, currency: 'EUR' } })
  const changed = (run: ProcessRun) =>
    run.effects.flatMap(({ command, payload }) =>
      command === 'adjust_freight_accrual' ? [(payload as { readonly delta: string }).delta] : [],
    )
  test('comes to what they cost together: the standing rule books the second one, and what was booked for all of it is released', () => {
    // 100 were booked for the load, the rule books 120 for what the warehouse confirms: 120 are left.
    expect(changed(posted().tell(confirmed(freight('120.00'))))).toEqual(['-100'])
  })
  test('is not changed for what the standing rule books, where it booked the first one, too', () => {
    const run = begun(rated('100.00'), left(freight('110.00')), confirmed(freight('30.00'), freight('110.00')))
    expect([where(run), run.asked]).toEqual(['posted', []])
  })
  test('is not changed twice for what the rule books, nor is it taken back too little', () => {
    const run = posted()
      .tell(confirmed(freight('120.00')))
      .outcome('adjust_freight_accrual', 'applied')
    run.fire('un-invoiced-reverse/haul').answer('reverse-accrual', 'reverse')
    expect(run.effects.at(-1)).toMatchObject({ command: 'reverse_freight_accrual', payload: { amount: '120' } })
  })
  test.each([
    [['A'], ['own']],
    [
      ['A', 'B'],
      ['own', 'separate'],
    ],
    [
      ['1', '2'],
      ['own', 'separate'],
    ],
    [['2'], ['separate']],
  ])('is told apart by the number of the confirmation, or by its place: %j', (names, told) => {
    const one = { carrier: 'haul', ...freight('10') }
    const confirmations = Object.fromEntries(names.map((name) => [name, one]))
    const fact = {
      subject: 'dlv_1',
      data: { object: { deliveryNumber: '80000001', confirmations } },
    } as unknown as Fact
    const { accruals } = (freightSettlement.subscribes['delivery.changed']?.take(fact, undefined, '80000001') ??
      {}) as {
      readonly accruals: Readonly<Record<string, { readonly isSeparate?: true }>>
    }
    expect(Object.values(accruals).map(({ isSeparate }) => (isSeparate === true ? 'separate' : 'own'))).toEqual(told)
  })
  test('is what is taken back when no invoice comes', () => {
    const run = begun(rated('100.00'), left(freight('110.00')), confirmed(freight('30.00'), freight('110.00')))
    run.fire('un-invoiced-reverse/haul').answer('reverse-accrual', 'reverse')
    expect(run.effects.at(-1)).toMatchObject({ command: 'reverse_freight_accrual', payload: { amount: '140' } })
  })
})

test('a price that comes back is booked again: each change once, not each price', () => {
  const run = posted()
  for (const price of ['112.50', '100.00', '112.50'])
    run.tell(rated(price)).outcome('adjust_freight_accrual', 'applied')
  const deltas = run.effects.flatMap(({ command, payload }) =>
    command === 'adjust_freight_accrual' ? [(payload as { readonly delta: string }).delta] : [],
  )
  expect(deltas).toEqual(['12.5', '-12.5', '12.5'])
  expect(said(run)).toEqual(['posted', 'adjusted', 'adjusted', 'adjusted'])
})

test('what was dropped is put aside after all when its carrier gets the load back', () => {
  const other = shipment('carrier_reassigned', { carrier: 'other' })
  const run = begun(rated('100.00'), other, shipment('carrier_reassigned', { carrier: 'haul' }), left())
  expect(run.asked).toEqual(['post_freight_accrual 80000001:haul'])
})

test('a price that changes once an invoice is approved changes the books no more: they are what is paid', () => {
  const run = posted().tell(invoice).tell(rated('112.50'))
  expect(run.asked.filter((one) => one.startsWith('adjust'))).toEqual([])
})

describe('an invoice for a load', () => {
  const asks = (run: ProcessRun) => run.asked.filter((one) => one.startsWith('post_freight_invoice'))
  test('that was never shipped is paid by nobody without a person', () => {
    const run = begun(rated('100.00'), shipment('cancelled'), invoice)
    expect([run.state('invoice/haul:F1'), asks(run)]).toEqual(['matching', []])
    expect(run.fire('unmatched/haul:F1').open).toEqual(['match-invoice'])
    const late = begun(rated('100.00'), invoice, shipment('cancelled'))
    expect([late.state('invoice/haul:F1'), asks(late), late.open]).toEqual(['variance', [], ['variance']])
  })
  test('is compared with what the warehouse confirms alone, however the number of the delivery was written when it was booked', () => {
    const run = begun(rated('100.00'), left({ freight: { amount: '100.00', currency: 'EUR' } }), invoice)
    expect([asks(run), run.open]).toEqual([['post_freight_invoice haul:F1'], []])
  })
  test('that was called off when it had left is paid: somebody carried it', () => {
    expect(asks(posted().tell(shipment('cancelled')).tell(invoice))).toEqual(['post_freight_invoice haul:F1'])
  })
  test('is told that nothing is shipped under each number that an invoice may name', () => {
    const references = ['delivery', 'tracking_number', 'pro', 'bol', 'order'].map((scheme) => ({
      scheme,
      value: scheme,
    }))
    const fact = { data: { references } } as unknown as Fact
    expect(freightSettlement.subscribes['shipment.cancelled']?.keys(fact, undefined)).toEqual([
      ...['DELIVERY', 'TRACKING_NUMBER', 'PRO', 'BOL'],
    ])
  })
  test('that is approved is what the books come to: nothing is taken back before it is booked', () => {
    const run = posted()
      .tell(invoice)
      .tell(shipment('carrier_reassigned', { carrier: 'other' }))
    expect(run.asked.filter((one) => one.startsWith('reverse'))).toEqual([])
    expect(where(run.outcome('post_freight_invoice', 'applied'))).toBe('closed')
  })
  test('that another carrier has is not paid as if this one had carried it', () => {
    const run = posted()
      .tell(shipment('carrier_reassigned', { carrier: 'other' }))
      .tell(invoice)
    expect([run.state('invoice/haul:F1'), asks(run)]).toEqual(['matching', []])
  })
  test('whose accrual finance has taken back is for a person, and puts aside what is paid', () => {
    const run = posted().fire('un-invoiced-reverse/haul').answer('reverse-accrual', 'reverse')
    run.outcome('reverse_freight_accrual', 'applied').tell(invoice)
    expect(asks(run)).toEqual([])
    run.fire('unmatched/haul:F1').answer('match-invoice', 'accept').answer('variance', 'approve')
    expect(run.effects.filter(({ command }) => command === 'adjust_freight_accrual')).toMatchObject([
      { payload: { delta: '100' } },
    ])
  })
  test('is not paid before its goods have left and what it costs is put aside', () => {
    const run = begun(rated('100.00'), invoice)
    expect([run.state('invoice/haul:F1'), asks(run)]).toEqual(['proving', []])
    run.tell(left())
    expect(run.asked).toEqual(['post_freight_accrual 80000001:haul', 'post_freight_invoice haul:F1'])
  })
  test('that comes besides leaves what was put aside for the one that is awaited', () => {
    const { data } = invoice as { data: { object: object } }
    const note: Told = {
      ...invoice,
      subject: 'frt_2',
      data: { object: { ...data.object, invoiceNumber: 'C1', kind: 'credit_note', total: { amount: '-30' } } },
    }
    const run = posted().tell(note).answer('variance', 'approve').outcome('post_freight_invoice', 'applied')
    run.outcome('adjust_freight_accrual', 'applied')
    expect([run.state('invoice/haul:C1'), where(run), said(run)]).toEqual(['posted', 'posted', ['posted']])
  })
})

test('what version 4 has approved keeps what it uses: nothing of it is booked again', () => {
  const { instance } = posted().tell(invoice)
  const { 'invoice/haul:F1': stay, ...at } = instance?.at ?? {}
  const { used: _, ...chosen } = stay?.chosen ?? {}
  const old = { ...instance, version: 4, at: { ...at, 'invoice/haul:F1': { ...stay, chosen } } } as unknown as Instance
  const run = ProcessRun.resumed(freightSettlement, old).outcome('post_freight_invoice', 'applied')
  expect([run.instance?.version, run.state('invoice/haul:F1'), where(run), run.asked]).toEqual([
    ...[freightSettlement.version, 'posted', 'closed'],
    [],
  ])
})

test('what is rated is told to whoever is asked for money under a tracking number, and put aside under the delivery alone', () => {
  const { keys, take } = freightSettlement.subscribes['freight_accrual.estimated'] ?? {}
  const { object } = rated('100').data as { readonly object: object }
  const fact = { data: { object: { ...object, trackingNumbers: ['HL 1'] } } } as Fact
  expect(keys?.(fact, undefined)).toEqual(['80000001', 'HL1'])
  const isOwn = (key: string): unknown =>
    Object.values((take?.(fact, undefined, key) ?? {}) as Record<string, Record<string, { isOwn?: true }>>)[0]?.[
      'rated/80000001/haul'
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
