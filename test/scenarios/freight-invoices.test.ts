import { afterEach, describe, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'
import { euros, shipped } from './trade-cases.ts'

let hub: ProcessHub
const start = async (...choice: Parameters<typeof ProcessHub.start>): Promise<void> => {
  hub = await ProcessHub.start(...choice)
}
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  expect(hub.erp.doubles).toBe(0)
  await hub.stop()
})

describe('what a carrier asks for', () => {
  const load = { ...shipped, freight: euros('100.00') }
  const delivered = async (): Promise<void> => hub.say('dhl', 'scan', { trackingNumber: 'JD1', code: 'delivered' })
  const asks = async (invoiceNumber: string, amount: string, more: object = {}): Promise<void> =>
    hub.say('erp', 'freight_invoice.received', {
      ...{ invoiceNumber, carrier: 'dhl', shipment: '80000001', total: euros(amount) },
      lines: [{ line: '1', charges: [{ code: 'freight', amount: euros(amount) }] }],
      ...more,
    })

  test('twice under two numbers is paid once', async () => {
    await start({ 'freight-settlement': {} })
    await hub.say('wms', 'shipment.confirmed', load)
    await delivered()
    await asks('F1', '100.00')
    await hub.pass(1)
    await asks('F2', '100.00')
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toMatchObject([{ header: { invoiceNumber: 'F1' } }])
    expect(await hub.facts('freight_invoice.duplicate')).toHaveLength(1)
  })

  test('and is wrong in itself is refused, and paid once when he corrects it under the same number', async () => {
    await start({ 'freight-settlement': {} }, [])
    await hub.say('wms', 'shipment.confirmed', load)
    await delivered()
    await asks('F1', '100.00', { lines: [{ line: '1', charges: [{ code: 'freight', amount: euros('90.00') }] }] })
    await hub.pass(2)
    expect([hub.posted('post_freight_invoice'), await hub.facts('freight_invoice.rejected')]).toMatchObject([[], [{}]])
    await asks('F1', '100.00')
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toMatchObject([{ header: { invoiceNumber: 'F1', amount: '100' } }])
    expect(await hub.facts('freight_invoice.posted')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })

  test('before the goods have left waits for what was put aside, and is paid then', async () => {
    await start({ 'freight-settlement': {} })
    await asks('F1', '100.00')
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toEqual([])
    await hub.say('wms', 'shipment.confirmed', load)
    await delivered()
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toHaveLength(1)
  })

  test('for a load that nobody knows is for freight audit, and rejected costs nothing', async () => {
    await start({ 'freight-settlement': { unmatchedMinutes: 5 } }, [])
    await asks('F1', '100.00', { shipment: '99' })
    await hub.pass(6)
    expect(await hub.open()).toEqual(['match-invoice'])
    await hub.decide('match-invoice', 'reject')
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toEqual([])
    expect(await hub.facts('freight_invoice.rejected')).toHaveLength(1)
  })

  test('for goods that never arrived waits, and is paid only when freight audit says so', async () => {
    await start({ 'freight-settlement': { proofWaitMinutes: 5 } })
    await hub.say('wms', 'shipment.confirmed', load)
    await asks('F1', '100.00')
    await hub.pass(6)
    expect([hub.posted('post_freight_invoice'), await hub.open()]).toEqual([[], ['no-proof']])
    await hub.decide('no-proof', 'pay')
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toHaveLength(1)
  })

  test('and takes back is never paid', async () => {
    await start({ 'freight-settlement': {} })
    await hub.say('wms', 'shipment.confirmed', load)
    await asks('F1', '100.00')
    await hub.say('erp', 'freight_invoice.cancelled', { invoiceNumber: 'F1', carrier: 'dhl', shipment: '80000001' })
    await delivered()
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toEqual([])
  })

  test('that is too much is approved as it is by two people, never by one', async () => {
    await start({ 'freight-settlement': {} })
    await hub.say('wms', 'shipment.confirmed', load)
    await delivered()
    await asks('F1', '150.00')
    await hub.pass(2)
    await hub.decide('variance', 'approve', { by: 'ana' })
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toEqual([])
    await hub.decide('variance', 'approve', { by: 'ben' })
    await hub.pass(2)
    expect(hub.posted('post_freight_invoice')).toMatchObject([{ header: { amount: '150' } }])
  })
})
