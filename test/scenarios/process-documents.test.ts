import { expect, test } from 'vitest'
import { readSettings } from '../../src/base/fields.ts'
import { ediPartner } from '../../src/connectors/edi-partner/connector.ts'
import { agreement } from '../../src/connectors/edi-partner/settings.ts'
import { carrierReassignment } from '../../src/processes/carrier-reassignment/process.ts'
import { orderToShip } from '../../src/processes/order-to-ship/process.ts'
import { ProcessRun, type Told } from '../process-run.ts'

const settings = readSettings(agreement, { partnerId: 'NORTHWAREHOUSE', ownId: 'HARBORGOODSLTD' })
const at = Date.UTC(2026, 3, 1, 8, 30)

/** The document that a partner gets of the last effect of this command. Throws when none can be written. */
function written(run: ProcessRun, command: string): string {
  const { payload } = run.effects.findLast((one) => one.command === command) ?? {}
  if (payload === undefined) throw new Error(`${command} was not asked for`)
  return JSON.stringify(ediPartner.documents?.write({ command, payload }, { settings, at }))
}

test('a warehouse that works by EDI gets the document that stops a delivery of a cancelled order', () => {
  const told = (type: string, object: object): Told => ({
    type,
    subject: type.slice(0, 3),
    data: {
      from: null,
      to: type.split('.')[1],
      object: { orderNumber: '4711', ...object },
      references: [],
      changed: [],
    },
    state: { revision: 0 },
  })
  const lines = [{ lineNo: '1', line: '1', sku: 'TEA-250', quantity: '10', uom: 'C62' }]
  const run = new ProcessRun(orderToShip, { policy: {} })
  run.tell(told('order.accepted', { lines }))
  run.tell(told('delivery.picking', { deliveryNumber: '0080000001', location: 'NORTH', lines }))
  run.tell(told('order.cancelled', { lines }))
  expect(run.asked).toEqual(['cancel_delivery 80000001'])
  const text = written(run, 'cancel_delivery')
  // The number is the one that the warehouse was given, with its zeros.
  for (const part of ['940', '0080000001', 'TEA-250', '4711']) expect(text).toContain(part)
})

test('a carrier who works by EDI gets the document that says that he is too late', () => {
  const says = (type: string, carrier: string): Told => ({
    type: `shipment.${type}`,
    data: { carrier, references: [] },
    state: {
      references: [{ scheme: 'delivery', issuer: 'erp', value: '80000001' }],
      about: { plannedPickup: '2026-04-01T18:00:00Z' },
    },
  })
  const routingGuide = ['ACME', 'BOREAS'].map((carrier) => ({ carrier, cost: '100.00' }))
  const run = new ProcessRun(carrierReassignment, { policy: { routingGuide } })
  run.tell(says('tendered', 'ACME')).fire('tender')
  run.tell(says('tender_expired', 'ACME')).tell(says('tender_accepted', 'BOREAS')).tell(says('tender_accepted', 'ACME'))
  run.answer('late-acceptance', 'confirm_cancellation')
  const text = written(run, 'withdraw_tender')
  for (const part of ['204', '80000001', 'ACME']) expect(text).toContain(part)
})
