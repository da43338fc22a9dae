import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import type { Told } from '../../../test/process-run.ts'
import { returnToRestock } from './process.ts'
import { announced, asked, back, begun, found, requested, run, unit } from './told.contract.ts'

test('what a customer sends back is credited for what came and was accepted, never for what was announced', () => {
  const one = begun(requested)
  expect([one.state(), one.asked]).toEqual(['authorized', ['create_return_label RM1']])
  one.outcome('create_return_label', 'applied').tell(back('8'))
  expect(one.state()).toBe('inspecting')
  one.tell(found(unit('5', 'A'), unit('1', 'C', { disposition: 'reject' }), unit('2', 'scrap')))
  expect(asked(one, 'dispose_return').map(({ businessKey }) => businessKey)).toEqual([
    'RM1:i1:restock',
    'RM1:i2:reject',
    'RM1:i3:scrap',
  ])
  for (let unitOf = 0; unitOf < 3; unitOf++) one.outcome('dispose_return', 'applied')
  expect(asked(one, 'issue_credit')).toMatchObject([
    { businessKey: 'RM1', payload: { lines: [{ sku: 'LAMP', quantity: '7' }] } },
  ])
  one.outcome('issue_credit', 'applied')
  expect([one.state(), one.open, one.timers.size]).toEqual(['closed', [], 0])
  expect(one.said('return.reported').map(({ status }) => status)).toEqual([
    'authorized',
    'received',
    'credited',
    'closed',
  ])
  expect(one.instance?.endedAt).toBeDefined()
})

test('parcels of one return add up, and one that is taken back does not count', () => {
  const one = begun(
    requested,
    back('3'),
    back('5', { id: 'm2' }),
    back('5', { id: 'm2', type: 'reversed' }),
    found(unit('3', 'A')),
  )
  expect(one.state()).toBe('dispositioning')
})

test('a parcel that comes after the others were settled is looked at, disposed of and credited by itself', () => {
  const one = begun(requested, back('3'), found(unit('3', 'A')))
  one.outcome('create_return_label', 'applied').outcome('dispose_return', 'applied').outcome('issue_credit', 'applied')
  expect(one.state()).toBe('closed')
  one.tell(back('2', { id: 'm2' }))
  expect(one.state()).toBe('inspecting')
  one.tell(found(unit('3', 'A'), unit('1', 'A'), unit('1', 'C', { disposition: 'reject' })))
  for (let unitOf = 0; unitOf < 2; unitOf++) one.outcome('dispose_return', 'applied')
  one.outcome('issue_credit', 'applied')
  expect(asked(one, 'dispose_return').map(({ businessKey }) => businessKey)).toEqual([
    ...['RM1:i1:restock', 'RM1:i2:restock', 'RM1:i3:reject'],
  ])
  expect(asked(one, 'issue_credit')).toMatchObject([
    { businessKey: 'RM1', payload: { lines: [{ sku: 'LAMP', quantity: '3' }] } },
    { businessKey: 'RM1:2', payload: { lines: [{ sku: 'LAMP', quantity: '1' }] } },
  ])
  expect([one.state(), one.open]).toEqual(['closed', []])
  // Told once more, and taken back: nothing is paid twice, and finance hears that too much was.
  one.tell(back('2', { id: 'm2' })).tell(back('2', { id: 'm2', type: 'reversed' }))
  expect([one.state(), one.open, asked(one, 'issue_credit').length]).toEqual([
    'credited_too_much',
    ['credited-too-much'],
    2,
  ])
  one.answer('credited-too-much', 'leave').tell(back('2', { id: 'm2', type: 'reversed' }))
  expect([one.state(), one.open]).toEqual(['closed', []])
  // What comes instead of it was credited already.
  one.tell(back('1', { id: 'm3' }))
  expect([one.state(), asked(one, 'issue_credit').length]).toEqual(['closed', 2])
})

describe('units', () => {
  /** Twelve came, as stock counts them; master data may say that a case is twelve. */
  const twelve = (isKnown: boolean, quantity = '12'): Told => {
    const told = back(quantity)
    const conversions = { XCS: { numerator: '12', denominator: '1' } }
    return {
      ...told,
      data: { ...(told.data as object), uom: 'C62' },
      state: { uom: 'C62', rules: isKnown ? { conversions } : {} },
    }
  }
  const aCase = announced('requested', {}, [{ line: '1', sku: 'LAMP', quantity: '1', uom: 'XCS' }])

  test('a case that was announced is as many pieces as master data says, and pieces are credited', () => {
    const one = begun(aCase, twelve(true))
    expect([one.state(), one.open]).toEqual(['inspecting', []])
    one.tell(
      announced('changed', { inspections: { i1: { ...unit('1', 'A'), uom: 'XCS' } } }, [
        { line: '1', sku: 'LAMP', quantity: '1', uom: 'XCS' },
      ]),
    )
    expect(asked(one, 'dispose_return')[0]?.payload).toMatchObject({ quantity: '1', uom: 'XCS' })
    one.outcome('dispose_return', 'applied')
    expect(asked(one, 'issue_credit')[0]?.payload).toMatchObject({
      lines: [{ sku: 'LAMP', quantity: '12', uom: 'C62' }],
    })
  })

  test('more pieces than the case has are more than was announced', () =>
    expect(begun(aCase, twelve(true, '13')).open).toEqual(['return-mismatch']))

  test('one piece of a case is not all of it', () => {
    const one = begun(requested, twelve(true, '10')).tell(found({ ...unit('1', 'A'), uom: 'C62' }))
    expect(one.state()).toBe('inspecting')
  })

  test('where nobody says what a case is, a person is asked, and nothing is guessed', () => {
    const one = begun(aCase, twelve(false, '1'))
    expect(one.open).toEqual(['return-mismatch'])
    one
      .answer('return-mismatch', 'accept')
      .tell(announced('changed', { inspections: { i1: { ...unit('1', 'A'), uom: 'XCS' } } }))
    expect([one.state(), asked(one, 'issue_credit')]).toEqual(['inspecting', []])
    expect(one.fire('inspect-sla').open).toEqual(['inspect-return'])
  })
})

describe('whether it may come', () => {
  test.each([
    ['too late', announced('requested', { deliveredAt: '2026-01-02T00:00:00Z' })],
    ['when nobody knows when it was delivered', announced('requested', { deliveredAt: undefined })],
  ])('%s a person decides', (_, fact) => expect(begun(fact).open).toEqual(['approve-return']))
  test.each([
    ['authorize', 'authorized'],
    ['authorize_with_fee', 'authorized'],
    ['reject', 'rejecting'],
  ])('%s', (decision, state) =>
    expect(run({ autoApprove: false }, requested).answer('approve-return', decision, { fee: '5.5' }).state()).toBe(
      state,
    ),
  )
  test('a fee is taken off the credit', () => {
    const one = run({ autoApprove: false }, requested)
      .answer('approve-return', 'authorize_with_fee', { fee: '5.5' })
      .tell(back('1'))
      .tell(found(unit('1', 'A')))
      .outcome('dispose_return', 'applied')
    expect(asked(one, 'issue_credit')[0]?.payload).toMatchObject({ fee: '5.5' })
  })
  test('the shop that allows it makes the question moot', () =>
    expect(run({ autoApprove: false }, requested, announced('authorized')).open).toEqual([]))
  test('the shop that refuses it ends it', () => {
    const one = run({ autoApprove: false }, requested, announced('rejected'))
    expect(one.state()).toBe('rejecting')
    expect(one.unrouted('notify_party').state()).toBe('rejected')
  })
})

describe('goods that should not have come', () => {
  test('unannounced: they open a return of their own, and a person decides', () => {
    const one = begun(back('2'))
    expect([one.state(), one.open]).toEqual(['unannounced', ['unannounced-return']])
    expect(one.said('return.reported')).toMatchObject([{ status: 'provisional', object: { returnNumber: 'RM1' } }])
  })
  test.each([
    ['authorize', 'inspecting'],
    ['send_back', 'dispositioning'],
    ['dispose', 'dispositioning'],
  ])('%s', (decision, state) => {
    const one = begun(back('2')).answer('unannounced-return', decision)
    expect([one.state(), asked(one, 'issue_credit')]).toEqual([state, []])
  })
  test.each(['accept', 'accept_other', 'attach', 'reject'])('more than was allowed: %s', (decision) => {
    const one = begun(requested, back('12'))
    expect(one.open).toEqual(['return-mismatch'])
    one
      .answer('return-mismatch', decision, { returnNumber: 'RM9' })
      .tell(found(unit('12', 'A')))
      .outcome('dispose_return', 'applied')
    expect(asked(one, 'issue_credit').map(({ businessKey }) => businessKey)).toEqual(
      decision === 'reject' ? [] : [decision === 'attach' ? 'RM9' : 'RM1'],
    )
  })
  test('something else, which was authorized meanwhile', () => {
    const one = begun(requested, back('1', { sku: 'SHADE' }))
    expect(one.open).toEqual(['return-mismatch'])
    expect(one.tell(announced('changed', {}, [{ line: '1', sku: 'SHADE', quantity: '1', uom: 'EA' }])).open).toEqual([])
  })
  test('too late: what is booked is for a person, although the authorization expired', () => {
    const one = begun(requested)
      .fire('rma-expiry')
      .outcome('create_return_label', 'applied')
      .outcome('void_return_label', 'applied')
    expect(one.state()).toBe('expired')
    expect(one.tell(back('1')).open).toEqual(['unannounced-return'])
  })
  test('a receipt that is taken back ends the question', () =>
    expect(begun(back('2'), back('2', { type: 'reversed' })).state()).toBe('cancelled'))
})

describe('a carrier brings it back', () => {
  const started: Told = {
    type: 'shipment.return_started',
    subject: 'shp_1',
    data: {},
    state: { references: [{ scheme: 'delivery', value: '80000001' }] },
  }
  test('and the goods are looked at when they are here', () => {
    const one = begun(started)
    expect(one.state()).toBe('awaiting_carrier')
    const goods = back('2', { kind: 'delivery' })
    one.tell({
      ...goods,
      data: { ...(goods.data as object), references: [{ scheme: 'delivery', value: '0080000001' }] },
    })
    expect(one.state()).toBe('inspecting')
  })
  test.each([
    ['wait', 'awaiting_carrier', 0],
    ['claim', 'lost', 1],
  ])('or not: %s', (decision, state, claims) => {
    const one = begun(started).fire('carrier-return').answer('lost-return', decision)
    expect([one.state(), one.said('claim.reported').length]).toEqual([state, claims])
  })
})

describe('what becomes of it', () => {
  test.each([
    ['scrap', 'scrap'],
    ['keep', 'block'],
  ])('what is dear is not scrapped without finance: %s', (decision, disposition) => {
    const one = begun(requested, back('1'), found(unit('1', 'scrap', { value: '500' })))
    expect(one.open).toEqual(['approve-scrap'])
    expect(one.answer('approve-scrap', decision).asked.at(-1)).toBe(`dispose_return RM1:i1:${disposition}`)
  })
  test('what is repaired is restocked or scrapped afterwards', () => {
    const one = begun(requested, back('1'), found(unit('1', 'B'))).outcome('dispose_return', 'applied')
    expect(one.fire('refurbish/i1').open).toEqual(['refurbish-done'])
    expect(one.answer('refurbish-done', 'restock').asked.at(-1)).toBe('dispose_return RM1:i1:restock')
  })
  test('what goes back to the supplier is claimed from him', () => {
    const one = begun(requested, back('1'), found(unit('1', 'C', { disposition: 'vendor' })))
    expect(one.said('claim.reported')).toMatchObject([
      { status: 'draft', object: { claimNumber: 'RT-RM1:i1', against: 'supplier' } },
    ])
  })
  test.each(['wait', 'restock', 'vendor', 'scrap', 'reject'])(
    'what nobody looks at in time is for a person: %s',
    (decision) => {
      const one = begun(requested, back('4')).fire('inspect-sla')
      expect(one.open).toEqual(['inspect-return'])
      one.answer('inspect-return', decision)
      expect(one.state()).toBe(decision === 'wait' ? 'inspecting' : 'dispositioning')
      if (decision === 'scrap') one.answer('approve-scrap', 'scrap')
      if (decision !== 'wait') expect(one.asked.at(-1)).toBe(`dispose_return RM1:${decision} LAMP:${decision}`)
    },
  )
  test('what the warehouse does not do is asked after', () => {
    const one = begun(requested, back('1'), found(unit('1', 'A'))).fire('disposal')
    expect(one.open).toEqual(['disposal-late'])
    expect(one.outcome('dispose_return', 'applied').open).toEqual([])
  })
})

describe('the money', () => {
  test('at once, and then the goods are owed', () => {
    const one = run({ refundMode: 'instant' }, requested)
    expect(asked(one, 'issue_credit')).toHaveLength(1)
    one
      .outcome('issue_credit', 'applied')
      .tell(back('10'))
      .tell(found(unit('10', 'A')))
      .outcome('dispose_return', 'applied')
    expect(asked(one, 'issue_credit')).toHaveLength(1)
    expect(one.outcome('create_return_label', 'applied').state()).toBe('closed')
  })
  test.each([
    ['charge', 'charging'],
    ['extend', 'awaiting_goods'],
    ['write_off', 'refunded'],
  ])('without the goods: %s', (decision, state) => {
    const one = run({ refundMode: 'instant' }, requested).outcome('issue_credit', 'applied').fire('claw-back')
    expect(one.answer('claw-back', decision).state('refund')).toBe(state)
  })
  test('when they are here, before anybody looks', () =>
    expect(asked(run({ refundMode: 'on_receipt' }, requested, back('10')), 'issue_credit')).toHaveLength(1))
  test('not in money where other goods are sent', () => {
    expect(
      asked(
        run({ refundMode: 'exchange' }, requested, back('1'), found(unit('1', 'A'))).outcome(
          'dispose_return',
          'applied',
        ),
        'issue_credit',
      ),
    ).toEqual([])
  })
  test('nobody says that goods are where they belong, or that the customer is paid, when nobody was told', () => {
    const one = begun(requested, back('1'), found(unit('1', 'A'))).unrouted('dispose_return')
    const credited = () => one.said('return.reported').filter(({ status }) => status === 'credited')
    expect([one.open, one.state(), asked(one, 'issue_credit')]).toEqual([['resolve-unrouted'], 'dispositioning', []])
    one.answer('resolve-unrouted', 'done').unrouted('issue_credit')
    expect([one.open, one.state(), credited()]).toEqual([['resolve-unrouted'], 'settling', []])
    expect([one.answer('resolve-unrouted', 'done').state(), credited().length]).toEqual(['closed', 1])
  })
  test.each([
    ['refused', 'resolve-refusal'],
    ['parked', 'resolve-unknown'],
  ] as const)('a credit that is %s is for finance', (outcome, task) => {
    const one = begun(requested, back('1'), found(unit('1', 'A')))
      .outcome('dispose_return', 'applied')
      .outcome('issue_credit', outcome)
    expect([one.open, one.fire('refund-confirm').state()]).toEqual([[task], 'settling'])
    expect(one.answer(task, 'done').state()).toBe('closed')
  })
})

describe('called off', () => {
  test('before the goods are here the label is void', () => {
    const one = begun(requested).outcome('create_return_label', 'applied').tell(announced('cancelled'))
    expect([one.state(), one.asked.at(-1)]).toEqual(['voiding', 'void_return_label RM1'])
    expect(one.outcome('void_return_label', 'applied').state()).toBe('cancelled')
  })
  test('while a person decides', () =>
    expect(run({ autoApprove: false }, requested).decide({ action: 'cancel' }).state()).toBe('cancelled'))
  test.each([
    ['unannounced', begun(back('1'))],
    ['inspecting', begun(requested, back('1'))],
    ['mismatched', begun(requested, back('12'))],
    ['dispositioning', begun(requested, back('1'), found(unit('1', 'A')))],
  ])('goods that are here are not called off: %s', (state, one) => {
    one.decide({ action: 'cancel' })
    expect(one.said('process.command_refused')).toMatchObject([{ reason: 'goods_are_here' }])
    expect(one.state()).toBe(state)
  })
})

const cases = {
  'as it should be': [requested, announced('authorized'), back('8'), found(unit('5', 'A'), unit('3', 'scrap'))],
  'trouble everywhere': [
    requested,
    back('12'),
    back('1', { sku: 'SHADE', id: 'm2' }),
    back('12', { type: 'reversed' }),
    found(unit('1', 'B'), unit('11', 'scrap', { value: '900' })),
    announced('rejected'),
    announced('cancelled'),
  ],
}
processPromises(returnToRestock, cases, {})
processPromises(returnToRestock, { 'paid at once': cases['as it should be'] }, { refundMode: 'instant' })
