import { ProcessRun, type Told } from '../../../../test/process-run.ts'
import { orderToShip } from '../process.ts'

export const hub = { transportBy: 'hub' }
export const agreed = { ...hub, carriers: [{ carrier: 'swift', service: 'ground', cost: '8.00', currency: 'EUR' }] }
export const freight = { ...hub, carriers: [{ carrier: 'haul', mode: 'ltl', cost: '300.00', currency: 'EUR' }] }
export const order: Told = {
  type: 'order.accepted',
  subject: 'ord_1',
  data: { to: 'accepted', object: { orderNumber: '4711' }, references: [], changed: [] },
}
export const delivery = (status: string, more: object = {}): Told => ({
  type: `delivery.${status}`,
  subject: 'dlv_1',
  data: {
    to: status,
    object: {
      ...{
        deliveryNumber: '80000001',
        orderNumber: '4711',
        location: 'DC1',
        plannedShip: { to: '2026-04-03T12:00:00Z' },
      },
      shipTo: { name: 'Harbor Books', city: 'Lund', country: 'SE', postalCode: '22100' },
      ...more,
    },
    references: [{ scheme: 'delivery', issuer: 'erp', value: '0080000001' }],
    changed: [],
  },
})
export const packed = (weightGrams: string): Told => delivery('packed', { packages: [{ id: 'P1', weightGrams }] })
export const load = (
  type: string,
  { status = 'booked', carrier = 'haul', plan = [] as string[], packages = [] as object[] } = {},
): Told => ({
  type,
  subject: 'shp_1',
  data: { carrier, references: [{ scheme: 'transport_order', value: '4711/80000001' }] },
  state: {
    references: [{ scheme: 'transport_order', value: '4711/80000001' }],
    about: { carrier },
    plan: plan.map((event, at) => ({ event, at })),
    projection: { status },
    packages,
  },
})
export const accepted = load('shipment.tender_accepted', { plan: ['tendered', 'tender_accepted'] })
export const countered = (conditions: object): Told => {
  const told = load('shipment.tender_countered', { status: 'tendered', plan: ['tendered', 'tender_countered'] })
  return { ...told, data: { ...(told.data as object), conditions } }
}
export const moving = load('shipment.status_changed', { status: 'picked_up' })
export const begun = (policy: object, ...facts: readonly Told[]): ProcessRun =>
  [order, ...facts].reduce((run, fact) => run.tell(fact), new ProcessRun(orderToShip, { policy: { ...policy } }))
export const label = { packages: [{ id: 'P1', trackingNumber: 'SW100' }] }
export const here = 'transport/80000001'
export const where = (run: ProcessRun) => run.state(here)
export const said = (run: ProcessRun) => run.said('shipment.reported').map(({ event }) => event)
export const rates = (...all: readonly object[]) => ({ answer: { rates: all } })
export const swift = { id: 'r1', carrier: 'swift', service: 'ground', amount: '7.50', currency: 'EUR' }
export const comet = { id: 'r2', carrier: 'comet', service: 'air', amount: '6.90', currency: 'EUR' }
