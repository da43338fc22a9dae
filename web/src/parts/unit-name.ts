import { wording } from '../words/words.ts'

const say = wording({
  en: {
    appointments: '{count, plural, one {appointment} other {appointments}}',
    certificates: '{count, plural, one {certificate} other {certificates}}',
    connections: '{count, plural, one {connection} other {connections}}',
    deliveries: '{count, plural, one {delivery} other {deliveries}}',
    documents: '{count, plural, one {document} other {documents}}',
    events: '{count, plural, one {event} other {events}}',
    invoices: '{count, plural, one {invoice} other {invoices}}',
    messages: '{count, plural, one {message} other {messages}}',
    orders: '{count, plural, one {order} other {orders}}',
    postings: '{count, plural, one {posting} other {postings}}',
    processes: '{count, plural, one {process} other {processes}}',
    purchases: '{count, plural, one {purchase} other {purchases}}',
    returns: '{count, plural, one {return} other {returns}}',
    shipments: '{count, plural, one {shipment} other {shipments}}',
    stocks: '{count, plural, one {stock} other {stocks}}',
    tasks: '{count, plural, one {task} other {tasks}}',
    violations: '{count, plural, one {violation} other {violations}}',
  },
  de: {
    appointments: '{count, plural, one {Termin} other {Termine}}',
    certificates: '{count, plural, one {Zertifikat} other {Zertifikate}}',
    connections: '{count, plural, one {Verbindung} other {Verbindungen}}',
    deliveries: '{count, plural, one {Lieferung} other {Lieferungen}}',
    documents: '{count, plural, one {Beleg} other {Belege}}',
    events: '{count, plural, one {Ereignis} other {Ereignisse}}',
    invoices: '{count, plural, one {Rechnung} other {Rechnungen}}',
    messages: '{count, plural, one {Nachricht} other {Nachrichten}}',
    orders: '{count, plural, one {Auftrag} other {Aufträge}}',
    postings: '{count, plural, one {Buchung} other {Buchungen}}',
    processes: '{count, plural, one {Prozess} other {Prozesse}}',
    purchases: '{count, plural, one {Bestellung} other {Bestellungen}}',
    returns: '{count, plural, one {Retoure} other {Retouren}}',
    shipments: '{count, plural, one {Sendung} other {Sendungen}}',
    stocks: '{count, plural, one {Bestand} other {Bestände}}',
    tasks: '{count, plural, one {Aufgabe} other {Aufgaben}}',
    violations: '{count, plural, one {Verstoß} other {Verstöße}}',
  },
})

/** Units of business checks. */
const units: readonly string[] = [
  'appointments',
  'certificates',
  'connections',
  'deliveries',
  'documents',
  'events',
  'invoices',
  'messages',
  'orders',
  'postings',
  'processes',
  'purchases',
  'returns',
  'shipments',
  'stocks',
  'tasks',
  'violations',
]

/** What is counted, as people say it beside this figure; a unit that has no word is shown as it is. */
export function unitName(unit: string, count: number): string {
  return units.includes(unit) ? say(unit as 'orders', { count }) : unit
}
