import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
import { shipToInvoice } from './process.ts'
import { arrived, asked, difference, gate, invoice, left, proven, released, sentBy, standing } from './told.contract.ts'

/** As version 1 would have it: nothing was sent of a package. */
const without = (effects: Instance['effects']): Instance['effects'] =>
  Object.fromEntries(Object.entries(effects).filter(([, { command }]) => command !== 'send_invoice'))

describe('packages that are billed by themselves', () => {
  const policy = { partialBilling: 'per_package' }
  test('each once, when it is delivered and proven', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    expect(released(run)).toEqual(['80000001:P1'])
    run.outcome('release_invoice', 'applied').tell(arrived).tell(proven)
    expect(released(run)).toEqual(['80000001:P1', '80000001:P2'])
    expect(run.outcome('release_invoice', 'applied').state()).toBe('documenting')
  })
  test('and the customer gets the invoice of each, by its number where the ERP has told of it, by its package in any case', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied', { document: '49000001' })
    expect(sentBy(run)).toEqual([['80000001:P1', { package: 'P1', releaseDocument: '49000001' }]])
    run
      .outcome('send_invoice', 'applied')
      .tell(arrived)
      .tell(invoice('issued', '9002', { documentNumber: '49000002' }))
    run.tell(proven).outcome('release_invoice', 'applied', { document: '49000002' })
    expect(sentBy(run).slice(1)).toEqual([
      ['80000001:P2', { package: 'P2', invoiceNumber: '9002', releaseDocument: '49000002' }],
    ])
    expect(run.state()).toBe('documenting')
    expect([run.outcome('send_invoice', 'applied').state(), sentBy(run).length]).toEqual(['sent', 2])
  })
  test('and what is sent of one does not end the others', () => {
    const run = gate(policy, left, arrived, proven).outcome('release_invoice', 'applied')
    run.outcome('release_invoice', 'applied').outcome('send_invoice', 'applied').tell(invoice('sent'))
    expect([run.state(), run.fire('send-confirm').state()]).toEqual(['documenting', 'documenting'])
    expect([run.timers.size > 0, run.outcome('send_invoice', 'applied').state()]).toEqual([true, 'sent'])
  })
  test('and one that somebody made in the ERP besides is sent by its number', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied', { document: '9001' }).tell(invoice('issued'))
    run.tell(difference('detected')).tell(arrived).tell(proven).answer('unclean-pod', 'bill_accepted')
    run.tell(invoice('issued', '9002'))
    expect(sentBy(run).slice(1)).toEqual([['80000001:invoice:9002', { invoiceNumber: '9002' }]])
  })
  test('and not one that the ERP has called off again', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied', { document: '9001' }).tell(invoice('issued'))
    run.tell(invoice('cancelled', '9002')).tell(invoice('issued', '9002'))
    expect(sentBy(run).map(([key]) => key)).toEqual(['80000001:P1'])
  })
  test('and is sent without a number where nobody told which of them was made besides: none is sent twice', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied', { document: 'D1' }).tell(invoice('issued'))
    run.tell(difference('detected')).tell(arrived).tell(proven).answer('unclean-pod', 'bill_accepted')
    run.tell(invoice('issued', '9002')).tell(invoice('issued', '9001', { documentNumber: 'D1' }))
    expect(sentBy(run).slice(1)).toEqual([['80000001', {}]])
  })
  test('and a person who saw it in the ERP is enough for it to be sent', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied')
    run.tell(difference('detected')).tell(arrived).tell(proven).answer('unclean-pod', 'bill_accepted')
    run.fire('invoice-confirm').answer('invoice-not-issued', 'issued')
    expect(sentBy(run).map(([key]) => key)).toEqual(['80000001:P1', '80000001'])
  })
  test('and those that the version before had billed and sent nothing of are sent', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied').outcome('send_invoice', 'applied')
    const { effects, ...rest } = run.instance as Instance
    const before = (more: object): Instance => ({ ...rest, version: 1, effects: { ...without(effects), ...more } })
    const moved = ProcessRun.resumed(shipToInvoice, before({})).tell(arrived)
    expect([moved.instance?.version, sentBy(moved).map(([key]) => key)]).toEqual([
      shipToInvoice.version,
      ['80000001:P1'],
    ])
    const send = { ...Object.values(effects)[0], name: 'send', branch: 'main', command: 'send_invoice' }
    const sentOnce = ProcessRun.resumed(shipToInvoice, before({ 'send 80000001': send })).tell(arrived)
    expect(sentBy(sentOnce)).toEqual([])
  })
  test('and are all taken back where all of it is billed anew, each once, and the new one is not', () => {
    const run = gate(policy, left, arrived, proven).outcome('release_invoice', 'applied')
    run.outcome('release_invoice', 'applied').tell(invoice('issued')).tell(invoice('issued', '9002'))
    run.outcome('send_invoice', 'applied').outcome('send_invoice', 'applied').tell(difference('detected'))
    run.answer('credit-review', 'reinvoice')
    const credits = (): unknown => asked(run, 'issue_credit').map(({ businessKey, payload }) => [businessKey, payload])
    const first = [
      ['80000001:1:9001', expect.objectContaining({ invoiceNumber: '9001' })],
      ['80000001:1:9002', expect.objectContaining({ invoiceNumber: '9002' })],
    ]
    expect(credits()).toEqual(first)
    run.outcome('issue_credit', 'applied').outcome('release_invoice', 'applied').tell(invoice('issued', '9003'))
    run.outcome('send_invoice', 'applied')
    expect(run.state()).toBe('crediting')
    run.outcome('issue_credit', 'applied')
    expect([run.state(), credits()]).toEqual(['sent', first])
    expect(run.tell(invoice('credited')).tell(invoice('credited', '9002')).state()).toBe('sent')
    run.tell(invoice('disputed', '9003')).answer('credit-review', 'credit_memo')
    expect(credits()).toEqual([...first, ['80000001:2', expect.objectContaining({ invoiceNumber: '9003' })]])
  })
  test('not without a proof', () =>
    expect(released(gate(policy, left, standing('partially_delivered', { delivered: 1 })))).toEqual([]))
  test('and the invoice of the first does not keep the second from being billed', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied').tell(invoice('issued'))
    expect(run.state()).toBe('awaiting_delivery')
    run.tell(arrived).tell(proven)
    expect(released(run)).toEqual(['80000001:P1', '80000001:P2'])
    run.outcome('release_invoice', 'applied').tell(invoice('issued', '9002'))
    expect(run.state()).toBe('documenting')
  })
  test('are billed together where only some of it was accepted: nobody told in which of them the rest was', () => {
    const run = gate(policy, left, difference('detected'), arrived, proven).answer('unclean-pod', 'bill_accepted')
    expect(asked(run, 'release_invoice')).toMatchObject([
      { businessKey: '80000001', payload: { lines: [{ sku: 'BOLT', quantity: '38' }] } },
    ])
    expect(run.outcome('release_invoice', 'applied').state()).toBe('documenting')
  })
  test('are billed by themselves where finance bills all of it', () => {
    const run = gate(policy, left, difference('detected'), arrived, proven).answer('unclean-pod', 'bill_all')
    expect(released(run)).toEqual(['80000001:P1', '80000001:P2'])
  })
  test('are for a person where one was billed before something was written against the delivery', () => {
    const run = gate(policy, left, standing('pod_received', { delivered: 1, proven: 1 }))
    run.outcome('release_invoice', 'applied').tell(invoice('issued'))
    run.tell(difference('detected')).tell(arrived).tell(proven).answer('unclean-pod', 'bill_accepted')
    expect([released(run), run.state(), run.open]).toEqual([['80000001:P1'], 'releasing', ['invoice-not-issued']])
    expect(run.tell(invoice('issued', '9002')).state()).toBe('documenting')
  })
})

processPromises(
  shipToInvoice,
  { 'by package': [left, standing('pod_received', { delivered: 1, proven: 1 }), arrived, proven] },
  { partialBilling: 'per_package' },
)
