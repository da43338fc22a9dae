/** What people are asked about returns and invoices, in German, by what the hub says in English; braces stand for what was found. */
export const germanReturnsAndInvoices: Readonly<Record<string, string>> = {
  'May the customer send back {key}? He says: {text}': 'Darf der Kunde {key} zurücksenden? Er sagt: {text}',
  nothing: 'nichts',
  Yes: 'Ja',
  'The customer gets a label.': 'Der Kunde bekommt ein Etikett.',
  'Yes, for a fee': 'Ja, gegen Gebühr',
  'The customer gets a label, and that much less money.':
    'Der Kunde bekommt ein Etikett und entsprechend weniger Geld.',
  Fee: 'Gebühr',
  'The customer hears that he may not.': 'Der Kunde erfährt, dass er nicht darf.',
  '{quantity} of {sku} from return {key} are to be scrapped. Do you agree?':
    '{quantity} von {sku} aus Retoure {key} sollen verschrottet werden. Einverstanden?',
  Some: 'Einige',
  'Scrap it': 'Verschrotten',
  'The warehouse destroys it.': 'Das Lager vernichtet es.',
  'Keep it blocked': 'Gesperrt lassen',
  'It stays in blocked stock.': 'Es bleibt im Sperrbestand.',
  'The customer was paid for return {key} and the goods have not come. What now?':
    'Der Kunde hat für Retoure {key} sein Geld, und die Ware ist nicht gekommen. Was nun?',
  'Charge him': 'Ihm berechnen',
  'He pays for what he kept.': 'Er bezahlt, was er behalten hat.',
  'More time': 'Mehr Zeit',
  'Nothing more is asked of him.': 'Von ihm wird nichts mehr verlangt.',
  'The receipt of return {key} was taken back after it was credited: {creditedTooMuch}. What becomes of the money?':
    'Der Eingang von Retoure {key} wurde zurückgenommen, nachdem gutgeschrieben war: {creditedTooMuch}. Was wird aus dem Geld?',
  'The customer was charged for it by hand.': 'Es wurde dem Kunden von Hand berechnet.',
  'He keeps it': 'Er behält es',
  'Goods of return {key} are not where they belong. What does it wait for?':
    'Ware von Retoure {key} ist nicht, wo sie hingehört. Worauf wartet sie?',
  'Nobody has looked at all of return {key}. What is to become of it?':
    'Retoure {key} ist nicht ganz geprüft. Was soll daraus werden?',
  'All as new': 'Alles wie neu',
  'All of it goes back into stock.': 'Alles geht zurück in den Bestand.',
  'All back to the supplier': 'Alles zurück zum Lieferanten',
  'It goes to the supplier, and a claim is opened.': 'Es geht zum Lieferanten, und eine Reklamation beginnt.',
  'All worthless': 'Alles wertlos',
  'It is destroyed, where finance agrees.': 'Es wird vernichtet, wo die Finanzabteilung zustimmt.',
  'Back to the customer': 'Zurück zum Kunden',
  'It is sent back, and there is no money for it.': 'Es wird zurückgesendet, und es gibt kein Geld dafür.',
  'The carrier was to bring back {key} and has not. Where is it?':
    'Der Frachtführer sollte {key} zurückbringen und hat es nicht getan. Wo ist es?',
  'It is lost': 'Es ist verloren',
  'A claim against the carrier is opened.': 'Eine Reklamation gegen den Frachtführer beginnt.',
  'Repair {quantity} of {sku} from return {key}. How did it go?':
    '{quantity} von {sku} aus Retoure {key} reparieren. Wie ging es aus?',
  'It may be sold': 'Es kann verkauft werden',
  'It goes back into stock.': 'Es geht zurück in den Bestand.',
  'It cannot be repaired': 'Es ist nicht zu reparieren',
  'It is destroyed.': 'Es wird vernichtet.',
  'Return {key} brought what it should not, or what cannot be compared with what was announced: {mismatches}. Accept it?':
    'Retoure {key} brachte, was sie nicht sollte, oder was mit der Ankündigung nicht vergleichbar ist: {mismatches}. Annehmen?',
  'All that came is inspected and credited.': 'Alles, was kam, wird geprüft und gutgeschrieben.',
  'Accept it as another item': 'Als anderen Artikel annehmen',
  'All that came is inspected and credited as what it is.':
    'Alles, was kam, wird geprüft und als das gutgeschrieben, was es ist.',
  'It is of another return': 'Es gehört zu einer anderen Retoure',
  'It is inspected here and credited to that return.': 'Es wird hier geprüft und jener Retoure gutgeschrieben.',
  'Number of the return': 'Nummer der Retoure',
  'No money for it': 'Kein Geld dafür',
  'It is inspected, and nothing is credited.': 'Es wird geprüft, und nichts wird gutgeschrieben.',
  'Goods came back under {key} that nobody authorized. What is to become of them?':
    'Unter {key} kam Ware zurück, die niemand genehmigt hat. Was soll daraus werden?',
  'Authorize it now': 'Jetzt genehmigen',
  'They are inspected, and credited as any other return.':
    'Sie wird geprüft und gutgeschrieben wie jede andere Retoure.',
  'Send them back': 'Zurücksenden',
  'The customer gets them back, and no money.': 'Der Kunde bekommt sie zurück, und kein Geld.',
  'Dispose of them': 'Entsorgen',
  'They are destroyed, where finance agrees, and there is no money for them.':
    'Sie wird vernichtet, wo die Finanzabteilung zustimmt, und es gibt kein Geld dafür.',
  '{kind} {sku}: {said} of {expected}': '{kind} {sku}: {said} von {expected}',
  'no shipment is known for the delivery': 'zur Lieferung ist keine Sendung bekannt',
  '{total} of {total2} packages': '{total} von {total2} Packstücken',
  'package {id}': 'Packstück {id}',
  '{one}: not delivered': '{one}: nicht zugestellt',
  '{total} of {total2} packages: no proof of delivery': '{total} von {total2} Packstücken: kein Ablieferbeleg',
  'a note against the delivery: {note}': 'ein Vorbehalt gegen die Zustellung: {note}',
  'goods issue reversed': 'Warenausgang storniert',
  'invoice {number} disputed': 'Rechnung {number} beanstandet',
  'Delivery {key} is delivered and its proof is still missing. Call the carrier: does he have it?':
    'Lieferung {key} ist zugestellt, und der Ablieferbeleg fehlt noch. Den Frachtführer anrufen: Hat er ihn?',
  'I have it': 'Ich habe ihn',
  'The proof counts as received.': 'Der Beleg gilt als eingegangen.',
  'Where the proof is': 'Wo der Beleg ist',
  'The goods are lost': 'Die Ware ist verloren',
  'Nothing is billed and a claim against the carrier is opened.':
    'Nichts wird berechnet, und eine Reklamation gegen den Frachtführer beginnt.',
  'Wait longer': 'Länger warten',
  'The invoice of delivery {key} is out, and since then: {news}. Does it stay?':
    'Die Rechnung zu Lieferung {key} ist hinaus, und seither: {news}. Bleibt sie?',
  'Credit it': 'Gutschreiben',
  'The ERP takes the invoice back.': 'Das ERP nimmt die Rechnung zurück.',
  'It stays': 'Sie bleibt',
  'Nothing changes.': 'Nichts ändert sich.',
  'Credit it and bill anew': 'Gutschreiben und neu berechnen',
  'The ERP takes the invoice back and makes another one.': 'Das ERP nimmt die Rechnung zurück und erstellt eine neue.',
  'The carrier brings delivery {key} back. Is anything billed?':
    'Der Frachtführer bringt Lieferung {key} zurück. Wird etwas berechnet?',
  'Nobody says that delivery {key} has arrived. Was it delivered at all?':
    'Niemand sagt, dass Lieferung {key} angekommen ist. Wurde sie überhaupt zugestellt?',
  'It has arrived': 'Sie ist angekommen',
  'The proof of delivery is asked for.': 'Der Ablieferbeleg wird angefordert.',
  'It comes back': 'Sie kommt zurück',
  'Nothing is billed.': 'Nichts wird berechnet.',
  'Of delivery {key} only some was accepted, and what of that is billed already is not known. Make the invoice by hand. Is it there?':
    'Von Lieferung {key} wurde nur ein Teil angenommen, und was davon schon berechnet ist, ist nicht bekannt. Die Rechnung von Hand erstellen. Ist sie da?',
  'The invoice of delivery {key} was released, and the ERP has not made it. Is it there?':
    'Die Rechnung zu Lieferung {key} wurde freigegeben, und das ERP hat sie nicht erstellt. Ist sie da?',
  'The invoice counts as issued.': 'Die Rechnung gilt als ausgestellt.',
  'Something is written against delivery {key}. What is billed?':
    'Zu Lieferung {key} gibt es einen Vorbehalt. Was wird berechnet?',
  'What was accepted': 'Was angenommen wurde',
  'The accepted quantities are billed. Whoever has to pay for the rest is asked to.':
    'Berechnet werden die angenommenen Mengen. Wer den Rest bezahlen muss, wird dazu aufgefordert.',
  'Who pays for the rest': 'Wer den Rest bezahlt',
  'Everything is billed: by our terms the risk was the customer’s.':
    'Alles wird berechnet: nach unseren Bedingungen lag das Risiko beim Kunden.',
  'No invoice is made.': 'Keine Rechnung wird erstellt.',
  'The proof of delivery {key} is long overdue. Release the invoice without it?':
    'Der Beleg für Lieferung {key} ist lange überfällig. Die Rechnung ohne ihn freigeben?',
  'Release it without': 'Ohne Beleg freigeben',
  'The invoice is made, with the names of both people and the reason.':
    'Die Rechnung wird erstellt, mit den Namen beider Personen und dem Grund.',
  'It is asked again after that day, or when the same time has passed once more.':
    'Es wird nach diesem Tag wieder gefragt, oder wenn dieselbe Zeit noch einmal vergangen ist.',
  Until: 'Bis',
  '{length} more': '{length} weitere',
  'It is asked again when the same time has passed once more.':
    'Es wird noch einmal gefragt, wenn dieselbe Zeit erneut vergangen ist.',
}
