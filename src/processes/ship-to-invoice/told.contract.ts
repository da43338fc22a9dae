import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { shipToInvoice } from './process.ts'

const references = [{ scheme: 'delivery', value: '0080000001' }]

/** The shipment as it stands: packages that are delivered, packages with a proof, troubles. */
export function standing(
  type: string,
  {
    total = 2,
    delivered = 0,
    proven = 0,
    troubles = [] as readonly string[],
    subject = 'shp_1',
    data = {} as object,
  } = {},
): Told {
  const packages = Object.fromEntries(
    Array.from({ length: total }, (_, one) => [`P${one + 1}`, one < delivered ? 'delivered' : 'in_transit']),
  )
  const projection = {
    status: delivered === total ? 'delivered' : 'in_transit',
    progress: { total, delivered, partial: delivered > 0 && delivered < total },
    packages,
    exceptions: troubles.map((category) => ({ category })),
    milestones: delivered === total ? { delivered: Date.parse('2026-04-03T10:00:00Z') } : {},
    proofs: proven,
    proven,
  }
  return {
    type: `shipment.${type}`,
    subject,
    data: { ...data, references, category: troubles[0] },
    state: { references, projection, about: { carrier: 'dhl' } },
  }
}

/** The delivery as it is told. */
export function delivery(happened: string, more: object = {}): Told {
  const confirmations = {
    1: { confirmedAt: '2026-04-01T08:00:00Z', lines: [{ line: '1', sku: 'BOLT', quantity: '40', uom: 'EA' }] },
  }
  return {
    type: `delivery.${happened}`,
    subject: 'dlv_1',
    data: { object: { deliveryNumber: '80000001', customer: 'C1', confirmations, ...more } },
  }
}

/** What the customer received otherwise. */
export function difference(happened: 'detected' | 'resolved', kind = 'short', said = '38'): Told {
  const differences = [{ kind, sku: 'BOLT', expected: '40', said }]
  return {
    type: `delivery.discrepancy_${happened}`,
    subject: 'dlv_1',
    data: { differences, count: 1 },
    state: { object: { deliveryNumber: '80000001' } },
  }
}

/** What the ERP says of the invoice. */
export function invoice(happened: string, invoiceNumber = '9001', more: object = {}): Told {
  return {
    type: `invoice.${happened}`,
    subject: 'inv_1',
    data: { object: { deliveryNumber: '80000001', invoiceNumber, ...more } },
  }
}

/** A gate that was told these. */
export function gate(policy: Readonly<Record<string, unknown>>, ...facts: readonly Told[]): ProcessRun {
  return facts.reduce((run, fact) => run.tell(fact), new ProcessRun(shipToInvoice, { policy }))
}

/** Everything delivered. */
export const arrived = standing('delivered', { delivered: 2 })
/** Everything proven. */
export const proven = standing('pod_received', { delivered: 2, proven: 2 })
/** The goods have left. */
export const left = delivery('goods_issued')

/** What was asked for by this command. */
export const asked = (run: ProcessRun, command: string) => run.effects.filter((one) => one.command === command)
/** Business keys of the releases that were asked for. */
export const released = (run: ProcessRun) => asked(run, 'release_invoice').map(({ businessKey }) => businessKey)
/** Which invoices the customer is to get: business key, and what names each to the ERP. */
export const sentBy = (run: ProcessRun) =>
  asked(run, 'send_invoice').map(({ businessKey, payload }) => {
    const { deliveryNumber: _, ...names } = payload as Readonly<Record<string, unknown>>
    return [businessKey, names] as const
  })
