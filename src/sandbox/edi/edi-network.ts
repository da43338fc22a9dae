import { depositLocation, fleet } from './documents.ts'
import { shippedFrom } from './house.ts'

/** Where the partners listen, and what they show. */
export interface EdiPlaces {
  /** The retailer's door for AS2, and that of the hub. */
  readonly stationUrl: string
  readonly hubUrl: string
  /** Names of files: ours among the secrets, theirs beside the manifest. */
  readonly identityFile: string
  readonly certificateFile: string
  /** As in an authorized_keys file. */
  readonly mailboxKey: string
}

const local = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
/** Soon enough to be seen while somebody looks. */
const agreed = { acknowledgementMinutes: 2 }
const notes = 'Simulated: `interline sim fault edi.no997=on` and its like make it misbehave.'

/** How a hub is connected to the retailer: X12 by AS2, signed and encrypted, with receipts that come later. */
export function northgateNetwork(places: EdiPlaces): Readonly<Record<string, unknown>> {
  const connection = 'northgate'
  const customer = { customer: 'NORTHGATE' }
  return {
    partner: { id: connection, name: 'Northgate Retail', role: 'customer', notes, sla: { quietDays: 2 } },
    connections: [{ id: connection, connector: 'edi-partner', ...local }],
    agreements: [
      {
        connection,
        partnerId: 'NORTHGATE',
        ownId: 'MERIDIAN',
        location: depositLocation,
        carrierCodes: { [fleet.name]: fleet.scac },
        receives: ['850', '940', '204'],
        sends: ['855', '856', '810', '945', '990', '214'],
        ...agreed,
      },
    ],
    as2Partners: [
      {
        connection,
        ourName: 'MERIDIAN',
        partnerName: 'NORTHGATE',
        url: places.stationUrl,
        receiptUrl: places.hubUrl,
        receiptMinutes: 1,
        ourIdentityFiles: [places.identityFile],
        certificateFiles: [places.certificateFile],
        contentType: 'application/EDI-X12',
      },
    ],
    routes: [
      { command: 'acknowledge_interchange', target: connection, when: { connection } },
      { command: 'answer_order', target: connection, when: customer },
      { command: 'notify_shipment', target: connection, when: { ...customer, location: shippedFrom('order') } },
      { command: 'bill_customer', target: connection, when: customer },
      { command: 'advise_shipment', target: connection, when: { location: depositLocation } },
      { command: 'answer_tender', target: connection, when: { carrier: fleet.name } },
      { command: 'report_status', target: connection, when: { carrier: fleet.name } },
    ],
  }
}

/** How a hub is connected to the trading house: EDIFACT over a mailbox of the hub. */
export function balticaNetwork({ mailboxKey }: Pick<EdiPlaces, 'mailboxKey'>): Readonly<Record<string, unknown>> {
  const connection = 'baltica'
  const customer = { customer: 'BALTICA' }
  return {
    partner: { id: connection, name: 'Baltica Trading', role: 'supplier', notes, sla: { quietDays: 2 } },
    connections: [{ id: connection, connector: 'edi-partner' }],
    agreements: [
      {
        connection,
        partnerId: 'BALTICA',
        ownId: 'MERIDIAN',
        standard: 'edifact',
        carrierCodes: { freightwest: 'FWST' },
        shipmentNumbers: 'shipment',
        receives: ['ORDERS', 'ORDRSP', 'DESADV', 'IFTSTA'],
        sends: ['ORDERS', 'ORDCHG', 'ORDRSP', 'DESADV', 'INVOIC'],
        ...agreed,
      },
    ],
    mailboxes: [{ connection, user: connection, publicKeys: [mailboxKey], names: ['*.edi'] }],
    drops: [{ connection, protocol: 'mailbox', user: connection }],
    routes: [
      { command: 'acknowledge_interchange', target: connection, when: { connection } },
      { command: 'order_goods', target: connection, when: { supplier: 'BALTICA' } },
      { command: 'answer_order', target: connection, when: customer },
      { command: 'notify_shipment', target: connection, when: customer },
      { command: 'bill_customer', target: connection, when: customer },
    ],
  }
}
