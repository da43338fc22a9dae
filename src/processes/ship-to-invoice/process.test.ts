import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import type { ProcessRun, Told } from '../../../test/process-run.ts'
import { shipToInvoice } from './process.ts'
import {
  arrived,
  asked,
  delivery,
  difference,
  gate,
  invoice,
  left,
  proven,
  released,
  sentBy,
  standing,
} from './told.contract.ts'

const sent = (): ProcessRun =>
  gate({}, left, arrived, proven).outcome('release_invoice', 'applied').outcome('send_invoice', 'applied')

test('an invoice is released once, when the last package is delivered and proven, and then the customer gets it', () => {
  const run = gate(
    {},
    left,
    standing('partially_delivered', { delivered: 1 }),
    standing('pod_received', { delivered: 1, proven: 1 }),
  )
  expect(run.state()).toBe('awaiting_delivery')
  expect(run.said('invoice.reported')).toMatchObject([{ status: 'pending_pod' }])
  run.tell(arrived)
  expect([run.state(), released(run)]).toEqual(['awaiting_pod', []])
  run.tell(proven)
  expect(asked(run, 'release_invoice')).toMatchObject([
    { businessKey: '80000001', payload: { deliveryNumber: '80000001', proofs: 2, postingDate: '2026-04-03' } },
  ])
  run.outcome('release_invoice', 'applied').tell(invoice('issued'))
  expect(run.asked).toEqual(['block_invoice 80000001', 'release_invoice 80000001', 'send_invoice 80000001'])
  run.outcome('block_invoice', 'applied').outcome('send_invoice', 'applied')
  expect([run.state(), run.open, run.timers.size]).toEqual(['sent', [], 0])
  expect(run.instance?.endedAt).toBeDefined()
})

describe('what an invoice waits for', () => {
  test.each([
    ['the policy of the tenant: nothing', { proofRequired: 'none' }, [left], 1],
    ['the policy of the tenant: a scan', { proofRequired: 'delivered_event' }, [left, arrived], 1],
    [
      'the policy of the customer before it',
      { proofRequired: 'none', customers: { C1: 'pod_document' } },
      [left, arrived],
      0,
    ],
    ['without a policy D terms need a proof', {}, [delivery('goods_issued', { incoterms: 'DAP' }), arrived], 0],
    ['and other terms do not', {}, [delivery('goods_issued', { incoterms: 'FCA' })], 1],
    ['without terms a proof, as without the process', {}, [left, arrived], 0],
    ['a proof without a scan shows the delivery', {}, [left, standing('pod_received', { proven: 2 })], 1],
    [
      'unless the policy says that it does not',
      { podProvesDelivery: false },
      [left, standing('pod_received', { proven: 2 })],
      0,
    ],
    ['a proof that came before the goods issue', {}, [proven, left], 1],
    ['a shipment without any word of its delivery', {}, [arrived, proven], 1],
    ['the second shipment of the delivery', {}, [left, standing('status_changed', { subject: 'shp_2' }), proven], 0],
  ])('%s', (_, policy, facts, count) => expect(released(gate(policy, ...facts))).toHaveLength(count))
})

test('the gate says what would release the invoice, whose turn it is and since when', () => {
  const unmet = (run: ProcessRun): unknown => {
    run.fire('pod-chase')
    return [...run.tasks.values()].find(({ name }) => name === 'chase-pod')?.['evidence']
  }
  expect(unmet(gate({}, left, arrived, standing('pod_received', { delivered: 2, proven: 1 })))).toMatchObject({
    unmet: [
      { condition: '1 of 2 packages: no proof of delivery', owner: 'carrier', since: '2026-04-03T10:00:00.000Z' },
    ],
  })
  const overdue = gate({}, left, standing('partially_delivered', { delivered: 1 })).fire('delivery-overdue')
  expect([...overdue.tasks.values()][0]?.['evidence']).toMatchObject({
    unmet: [
      { condition: 'package P2: not delivered', owner: 'carrier' },
      { condition: '2 of 2 packages: no proof of delivery' },
    ],
  })
})

describe('a proof that does not come', () => {
  test('is asked for after a day, and each day again, until it is there', () => {
    const run = gate({}, left, arrived).fire('pod-request').fire('pod-request')
    expect(asked(run, 'request_pod').map(({ businessKey }) => businessKey)).toEqual(['80000001:1', '80000001:2'])
    run.tell(proven)
    expect(run.timers.has('ship-to-invoice.pod-request')).toBe(false)
    expect(released(run)).toHaveLength(1)
  })
  test.each([
    ['uploaded', 'releasing'],
    ['lost', 'unblocking'],
    ['extend', 'awaiting_pod'],
  ])('is chased by a person: %s', (decision, state) => {
    const run = gate({}, left, arrived).fire('pod-chase').answer('chase-pod', decision)
    expect([run.state(), run.open]).toEqual([state, []])
    expect(run.said('claim.reported')).toHaveLength(decision === 'lost' ? 1 : 0)
  })
  test('needs no person any more when it comes late', () => {
    const run = gate({}, left, arrived).fire('pod-chase').tell(proven)
    expect([run.open, released(run)]).toEqual([[], ['80000001']])
  })
  test('keeps the invoice blocked, where nothing else is set', () => {
    const run = gate({}, left, arrived).fire('pod-policy')
    expect([run.state(), released(run)]).toEqual(['awaiting_pod', []])
    expect(run.open).not.toContain('waive-pod')
  })
  test('is waived by two people, where that is set, and a proof after that changes nothing', () => {
    const run = gate({ lateProof: 'ask' }, left, arrived).fire('pod-policy')
    const task = [...run.tasks.values()].find(({ name }) => name === 'waive-pod')
    expect(task?.['decisions']).toContainEqual(
      expect.objectContaining({ name: 'release', fourEyes: true, reasonRequired: true }),
    )
    run.answer('waive-pod', 'release').outcome('release_invoice', 'applied').outcome('send_invoice', 'applied')
    expect(asked(run, 'release_invoice')[0]?.payload).toMatchObject({ waivedBy: 'ana' })
    expect([run.tell(proven).state(), released(run)]).toEqual(['sent', ['80000001']])
  })
  test('stays waited for until a day that a person names', () => {
    const run = gate({ lateProof: 'ask' }, left, arrived)
      .fire('pod-policy')
      .answer('waive-pod', 'keep', { until: '2026-06-01' })
    expect(run.timers.get('ship-to-invoice.pod-policy')).toBe(Date.parse('2026-06-01T23:59:59Z'))
  })
  test('is not waited for where the customer has agreed to that', () => {
    expect(released(gate({ lateProof: 'release' }, left, arrived).fire('pod-policy'))).toEqual(['80000001'])
  })
})

describe('a delivery that nobody reports', () => {
  test.each([
    ['delivered', 'awaiting_pod'],
    ['lost', 'unblocking'],
    ['wait', 'awaiting_delivery'],
  ])('is a case for a person: %s', (decision, state) => {
    const run = gate({}, left).fire('delivery-overdue')
    expect(run.open).toEqual(['delivered-at-all'])
    expect(run.answer('delivered-at-all', decision).state()).toBe(state)
  })
})

describe('an unclean proof', () => {
  const unclean = (): ProcessRun => gate({}, left, difference('detected'), arrived, proven)
  test('stops the invoice, whether the carrier or the customer says so', () => {
    expect([unclean().open, released(unclean())]).toEqual([['unclean-pod'], []])
    expect(
      gate({}, left, standing('exception_opened', { delivered: 2, proven: 2, troubles: ['damaged'] })).open,
    ).toEqual(['unclean-pod'])
  })
  test('bills what was accepted, and the rest is claimed from whoever finance names', () => {
    const run = unclean().answer('unclean-pod', 'bill_accepted', { claim: 'carrier' })
    expect(asked(run, 'release_invoice')[0]?.payload).toMatchObject({ lines: [{ sku: 'BOLT', quantity: '38' }] })
    expect(run.said('claim.reported')).toMatchObject([{ object: { claimNumber: 'DL-80000001', against: 'carrier' } }])
  })
  test('of more items than a fact lists is billed for what was accepted of each, and not before the last of them is clear', () => {
    const lines = (quantity: (at: number) => string) =>
      Array.from({ length: 150 }, (_, at) => ({
        line: `${at + 1}`,
        sku: `S${at + 1}`,
        quantity: quantity(at),
        uom: 'EA',
      }))
    const shipped = { 1: { confirmedAt: '2026-04-01T08:00:00Z', lines: lines(() => '10') } }
    const told = (happened: 'detected' | 'resolved', short: (at: number) => boolean): Told => ({
      ...difference(happened),
      data: {
        differences: Array.from({ length: 100 }, (_, at) => ({
          kind: 'short',
          sku: `S${at + 1}`,
          expected: '10',
          said: '9',
        })),
        count: 150,
      },
      state: {
        object: {
          ...{ deliveryNumber: '80000001', confirmations: shipped },
          receipts: { 1: { lines: lines(() => '0').map((one, at) => ({ ...one, received: short(at) ? '9' : '10' })) } },
        },
      },
    })
    const run = () =>
      gate(
        {},
        delivery('goods_issued', { confirmations: shipped }),
        told('detected', () => true),
        arrived,
        proven,
      )
    const paid = asked(run().answer('unclean-pod', 'bill_accepted', { claim: 'none' }), 'release_invoice')[0]?.payload
    const billed = (paid as { readonly lines: readonly { readonly quantity: string }[] }).lines
    expect([billed.length, new Set(billed.map(({ quantity }) => quantity))]).toEqual([150, new Set(['9'])])
    const some = run().tell(told('resolved', (at) => at >= 100))
    expect([some.open, released(some)]).toEqual([['unclean-pod'], []])
    expect(released(some.tell(told('resolved', () => false)))).toEqual(['80000001'])
  })
  test('bills all of it by our terms', () => {
    const run = unclean().answer('unclean-pod', 'bill_all')
    expect(asked(run, 'release_invoice')[0]?.payload).not.toHaveProperty('lines')
    expect(run.said('claim.reported')).toEqual([])
  })
  test('bills nothing', () => {
    const run = unclean()
      .answer('unclean-pod', 'bill_nothing')
      .outcome('block_invoice', 'applied')
      .outcome('clear_invoice_block', 'applied')
    expect([run.state(), released(run)]).toEqual(['cancelled', []])
  })
  test('that turns out to be clean needs no decision', () => {
    expect([unclean().tell(difference('resolved')).open, released(unclean().tell(difference('resolved')))]).toEqual([
      [],
      ['80000001'],
    ])
  })
  test('does not matter where only a scan is asked for', () => {
    expect(released(gate({ proofRequired: 'delivered_event' }, left, difference('detected'), arrived))).toEqual([
      '80000001',
    ])
  })
})

test('of goods of which nothing was accepted nothing is billed', () => {
  const run = gate({}, left, difference('detected', 'rejected', '40'), arrived, proven)
  run.answer('unclean-pod', 'bill_accepted')
  expect([released(run), run.state()]).toEqual([[], 'unblocking'])
})

describe('what is taken back', () => {
  test('before the release, goods that did not leave are not billed, and are when they leave after all', () => {
    const run = gate({}, left, delivery('goods_issue_reversed'))
      .outcome('block_invoice', 'applied')
      .outcome('clear_invoice_block', 'applied')
    expect(run.state()).toBe('cancelled')
    expect(run.tell(left).state()).toBe('awaiting_delivery')
  })
  test('before the release, a delivery that is taken back is waited for again', () => {
    const run = gate({}, left, arrived, standing('status_changed', { delivered: 1 }))
    expect(run.state()).toBe('awaiting_delivery')
  })
  test.each([
    ['the delivery', standing('status_changed', { delivered: 1 })],
    ['the goods issue', delivery('goods_issue_reversed')],
    ['the clean proof', difference('detected')],
    ['the consent of the customer', invoice('disputed')],
  ])('after the invoice: %s is for a person, and nothing is reversed by itself', (_, fact) => {
    const run = sent().tell(fact)
    expect([run.state(), run.open, asked(run, 'issue_credit')]).toEqual(['under_review', ['credit-review'], []])
  })
  test.each([
    ['credit_memo', ['issue_credit 80000001:1'], 'credited'],
    ['reinvoice', ['issue_credit 80000001:1', 'release_invoice 80000001:1', 'send_invoice 80000001:again:1'], 'sent'],
    ['leave', [], 'sent'],
  ])('and the person decides: %s', (decision, commands, state) => {
    const run = sent().tell(difference('detected'))
    const before = run.asked.length
    run.answer('credit-review', decision)
    for (const command of commands) run.outcome(command.split(' ')[0] ?? '', 'applied')
    expect([run.asked.slice(before), run.state(), run.open]).toEqual([commands, state, []])
  })
  test('an invoice that is made anew stands when the ERP tells that the first was taken back, and is the one that is credited next', () => {
    const run = sent().tell(invoice('sent')).tell(invoice('disputed')).answer('credit-review', 'reinvoice')
    run.outcome('release_invoice', 'applied', { document: '49000002' }).outcome('issue_credit', 'applied')
    expect([run.state(), sentBy(run).at(-1)]).toEqual([
      'crediting',
      ['80000001:again:1', { releaseDocument: '49000002' }],
    ])
    run.outcome('send_invoice', 'applied')
    expect(run.tell(invoice('credited')).state()).toBe('sent')
    run.tell(invoice('issued', '9002')).tell(invoice('sent', '9002'))
    expect([run.state(), run.open]).toEqual(['sent', []])
    run.tell(invoice('disputed', '9002'))
    expect([run.state(), run.open]).toEqual(['under_review', ['credit-review']])
    run.answer('credit-review', 'credit_memo').outcome('issue_credit', 'applied')
    const credited = run.effects
      .filter(({ command }) => command === 'issue_credit')
      .map(({ businessKey, payload }) => [businessKey, (payload as { invoiceNumber?: string }).invoiceNumber])
    expect(credited).toEqual([
      ['80000001:1', '9001'],
      ['80000001:2', '9002'],
    ])
    expect(run.state()).toBe('credited')
  })
  test('the second invoice that the ERP takes back by itself is the end of it', () => {
    const run = sent().tell(difference('detected')).answer('credit-review', 'reinvoice')
    run.outcome('issue_credit', 'applied').outcome('release_invoice', 'applied').tell(invoice('issued', '9002'))
    run.outcome('send_invoice', 'applied').tell(invoice('credited'))
    expect(run.state()).toBe('sent')
    expect(run.tell(invoice('cancelled', '9002')).state()).toBe('credited')
  })
  test('what is as it was needs no decision', () => {
    expect(sent().tell(difference('detected')).tell(difference('resolved')).open).toEqual([])
  })
  test('an invoice that the ERP takes back by itself is credited', () => {
    expect(sent().tell(invoice('credited')).state()).toBe('credited')
  })
})

describe('effects', () => {
  test.each([
    ['refused', 'resolve-refusal'],
    ['parked', 'resolve-unknown'],
  ] as const)('a release that is %s is for a person', (outcome, task) => {
    const run = gate({}, left, arrived, proven).outcome('release_invoice', outcome)
    expect([run.open, run.state()]).toEqual([[task], 'releasing'])
    expect(run.answer(task, 'done').state()).toBe('documenting')
  })
  test('an ERP that does not say what became of a release is asked after', () => {
    const late = (): ProcessRun => gate({}, left, arrived, proven).fire('invoice-confirm')
    expect(late().answer('invoice-not-issued', 'issued').state()).toBe('documenting')
    expect(late().answer('invoice-not-issued', 'wait').state()).toBe('releasing')
    expect(late().tell(invoice('issued')).open).toEqual([])
  })
  test('an invoice that nobody sends is sent when the ERP says so', () => {
    const run = gate({}, left, arrived, proven).outcome('release_invoice', 'applied').fire('send-confirm')
    expect(run.tell(invoice('sent')).state()).toBe('sent')
  })
})

describe('called off', () => {
  test.each([
    ['awaiting_delivery', [left], ['block_invoice 80000001', 'clear_invoice_block 80000001']],
    ['awaiting_pod', [left, arrived], ['block_invoice 80000001', 'clear_invoice_block 80000001']],
    ['splitting', [left, difference('detected'), proven], ['block_invoice 80000001', 'clear_invoice_block 80000001']],
  ])('in %s', (state, facts, commands) => {
    const run = gate({}, ...facts)
    expect(run.state()).toBe(state)
    run.decide({ action: 'cancel' })
    expect([run.state(), run.asked, run.open]).toEqual(['unblocking', commands, []])
  })
  test('after the release it is refused', () => {
    const run = gate({}, left, arrived, proven).decide({ action: 'cancel' })
    expect(run.said('process.command_refused')).toMatchObject([{ reason: 'already_released' }])
    expect(run.state()).toBe('releasing')
  })
})

processPromises(
  shipToInvoice,
  {
    'as it should be': [
      left,
      standing('partially_delivered', { delivered: 1 }),
      arrived,
      proven,
      invoice('issued'),
      invoice('sent'),
    ],
    'trouble everywhere': [
      left,
      standing('exception_opened', { delivered: 1, troubles: ['damaged'] }),
      arrived,
      difference('detected'),
      proven,
      difference('resolved'),
      delivery('goods_issue_reversed'),
      invoice('disputed'),
      invoice('credited'),
    ],
  },
  { lateProof: 'ask' },
)
