import { wording } from '../words/words.ts'

/** What a list says that has nothing to show: whether that is good, what would be here, and what to do. */
export const empty = wording({
  en: {
    shipments:
      'No shipment is known so far. One begins with a delivery, a ship confirmation or the first scan of a carrier.',
    orders: 'No order has come so far. A shop or an ERP brings them through a connection.',
    deliveries: 'No delivery is known so far. The ERP makes one of an order, or the warehouse tells of it.',
    receipts: 'Nothing has been received so far. The warehouse tells what came in.',
    returns: 'Nothing is on its way back, and nothing was.',
    invoices: 'No invoice is known so far. The ERP tells of it when goods have left.',
    'freight-invoices': 'No carrier has sent an invoice so far.',
    appointments: 'No appointment at a dock is known. Carriers or sites bring them.',
    tasks: 'Nobody has to decide anything now. Questions of processes stand here as soon as they come up.',
    effects: 'No system was told anything so far. Postings, documents and messages stand here once they are owed.',
    processes:
      'Nothing is under way. A process begins with its first fact, such as an order; those that are over are behind the filter.',
    parked: 'Nothing is parked: every message that came was understood, or waits for nobody.',
    inventory: 'No stock is known so far. The first count, receipt or movement of a warehouse brings it.',
    subscriptions: 'Nobody outside is told anything by webhook. A system subscribes over the API.',
    alerts: 'Nothing has fired. A rule below decides what does.',
    exceptions: 'Nothing is open that should not be.',
    audit: 'Nobody has changed anything so far.',
  },
  de: {
    shipments:
      'Noch ist keine Sendung bekannt. Eine beginnt mit einer Lieferung, einer Versandbestätigung oder dem ersten Scan eines Frachtführers.',
    orders: 'Noch ist kein Auftrag gekommen. Ein Shop oder ein ERP bringt sie über eine Verbindung.',
    deliveries:
      'Noch ist keine Lieferung bekannt. Das ERP macht sie aus einem Auftrag, oder das Lager berichtet davon.',
    receipts: 'Noch wurde nichts empfangen. Das Lager sagt, was eingegangen ist.',
    returns: 'Nichts ist auf dem Weg zurück, und nichts war es.',
    invoices: 'Noch ist keine Rechnung bekannt. Das ERP berichtet davon, wenn Ware das Haus verlassen hat.',
    'freight-invoices': 'Noch hat kein Frachtführer eine Rechnung geschickt.',
    appointments: 'Kein Termin an einem Tor ist bekannt. Frachtführer oder Standorte bringen sie.',
    tasks: 'Niemand muss jetzt etwas entscheiden. Fragen von Prozessen stehen hier, sobald sie aufkommen.',
    effects:
      'Noch wurde keinem System etwas gesagt. Buchungen, Belege und Nachrichten stehen hier, sobald sie geschuldet sind.',
    processes:
      'Nichts ist im Gang. Ein Prozess beginnt mit seiner ersten Tatsache, etwa einem Auftrag; beendete stehen hinter dem Filter.',
    parked: 'Nichts ist geparkt: jede Nachricht wurde verstanden oder wartet auf niemanden.',
    inventory:
      'Noch ist kein Bestand bekannt. Die erste Zählung, der erste Eingang oder die erste Bewegung eines Lagers bringt ihn.',
    subscriptions: 'Niemandem draußen wird etwas per Webhook gesagt. Ein System abonniert über die API.',
    alerts: 'Nichts hat ausgelöst. Was auslöst, sagt eine Regel weiter unten.',
    exceptions: 'Nichts ist offen, was es nicht sein sollte.',
    audit: 'Noch hat niemand etwas geändert.',
  },
})
