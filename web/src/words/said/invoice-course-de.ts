/** States, steps and timers of invoices of deliveries, in German, by what the hub says in English. */
export const germanInvoiceCourse: Readonly<Record<string, string>> = {
  'The goods have arrived.': 'Die Ware ist angekommen.',
  'the goods issue, or the last decision to wait': 'der Warenausgang, oder die letzte Entscheidung zu warten',
  'A person asks whether they were delivered at all.': 'Jemand fragt, ob sie überhaupt zugestellt wurde.',
  'The ERP has made the invoice.': 'Das ERP hat die Rechnung erstellt.',
  'A person looks in the ERP.': 'Jemand sieht im ERP nach.',
  'The proof is there.': 'Der Beleg ist da.',
  'the delivery, or the last decision to wait': 'die Zustellung, oder die letzte Entscheidung zu warten',
  'A person calls the carrier.': 'Jemand ruft den Frachtführer an.',
  'The proof is there at last.': 'Der Beleg ist endlich da.',
  'the delivery, or the day until which a person keeps it blocked':
    'die Zustellung, oder der Tag, bis zu dem jemand sie blockiert hält',
  'By the policy `lateProof`: it stays blocked, two people are asked, or it is released.':
    'Nach der Regel `lateProof`: sie bleibt blockiert, zwei Personen werden gefragt, oder sie wird freigegeben.',
  'The carrier sends the proof.': 'Der Frachtführer sendet den Beleg.',
  'the delivery, and then the last time that he was asked':
    'die Zustellung, dann das letzte Mal, dass er gefragt wurde',
  'He is asked, and asked again each day.': 'Er wird gefragt, und jeden Tag wieder.',
  'The control tower shows it; the invoice is never held back by it.':
    'Der Leitstand zeigt es; die Rechnung wird davon nie aufgehalten.',
  'It is decided what the invoice waits for.': 'Es wird entschieden, worauf die Rechnung wartet.',
  'the goods did not leave after all': 'die Ware ging doch nicht ab',
  'the ERP has made the invoice by itself': 'das ERP hat die Rechnung von selbst erstellt',
  'nothing has to be proven': 'nichts muss bewiesen werden',
  'it waits for the delivery': 'sie wartet auf die Zustellung',
  'The goods are on their way, and the invoice is blocked.': 'Die Ware ist unterwegs, und die Rechnung ist blockiert.',
  'what the policy wants is there': 'was die Regel will, ist da',
  'all packages are delivered': 'alle Packstücke sind zugestellt',
  'a person says that it is lost': 'jemand sagt, dass sie verloren ist',
  'a person says that it comes back': 'jemand sagt, dass sie zurückkommt',
  'All packages are delivered, and a proof is missing: the carrier is asked for it each day.':
    'Alle Packstücke sind zugestellt, und ein Beleg fehlt: der Frachtführer wird jeden Tag darum gebeten.',
  'a delivery was taken back': 'eine Zustellung wurde zurückgenommen',
  'a person has the proof': 'jemand hat den Beleg',
  'the carrier has lost it': 'der Frachtführer hat sie verloren',
  'two people release it without a proof': 'zwei Personen geben sie ohne Beleg frei',
  'the customer agreed to pay without one after that time': 'der Kunde hat zugestimmt, nach dieser Zeit ohne zu zahlen',
  'The proof is read: what was written against the delivery, what the customer accepted.':
    'Der Beleg wird gelesen: was als Vorbehalt darauf steht, was der Kunde annahm.',
  'something is written against it': 'es gibt einen Vorbehalt',
  'it is clean': 'er ist rein',
  'The customer did not accept all of it as it was shipped: finance decides what is billed and who pays for the rest.':
    'Der Kunde nahm nicht alles an, wie es geliefert wurde: die Finanzabteilung entscheidet, was berechnet wird und wer den Rest bezahlt.',
  'nothing is billed': 'nichts wird berechnet',
  'nothing is written against it any more': 'es gibt keinen Vorbehalt mehr',
  'The ERP may make the invoice.': 'Das ERP darf die Rechnung erstellen.',
  'the ERP has it': 'das ERP hat sie',
  'a person saw the invoice in the ERP': 'jemand sah die Rechnung im ERP',
  'The invoice goes to the customer, with its proofs.': 'Die Rechnung geht mit ihren Belegen an den Kunden.',
  'the customer has it': 'der Kunde hat sie',
  'the invoice of a package is not sent yet': 'die Rechnung eines Packstücks ist noch nicht gesendet',
  'The customer has the invoice. What comes now is for a person, never an automatic reversal.':
    'Der Kunde hat die Rechnung. Was jetzt kommt, ist für einen Menschen, nie für ein Storno von selbst.',
  'the ERP took it back': 'das ERP nahm sie zurück',
  'something was taken back or written against it since':
    'seither wurde etwas zurückgenommen, oder es gibt einen Vorbehalt',
  'After the invoice something was taken back, disputed or written against the delivery.':
    'Nach der Rechnung wurde etwas zurückgenommen, beanstandet oder mit Vorbehalt versehen.',
  'it stays': 'sie bleibt',
  'it is taken back': 'sie wird zurückgenommen',
  'it is as it was': 'es ist, wie es war',
  'The ERP credits the invoice, and makes and sends another one where that was decided.':
    'Das ERP schreibt die Rechnung gut und erstellt und sendet eine andere, wo das entschieden wurde.',
  'it is credited and made anew': 'sie ist gutgeschrieben und neu erstellt',
  'it is credited': 'sie ist gutgeschrieben',
  'There will be no invoice: the block in the ERP is taken away.':
    'Es gibt keine Rechnung: die Sperre im ERP wird aufgehoben.',
  'the ERP knows': 'das ERP weiß es',
  'The customer has the money back, or nothing was paid.': 'Der Kunde hat sein Geld zurück, oder nichts war bezahlt.',
  'Nothing is billed. Goods that leave after all begin anew.':
    'Nichts wird berechnet. Geht doch Ware ab, beginnt es von vorn.',
  'the goods left after all': 'die Ware ging doch ab',
  'The ERP may bill the package.': 'Das ERP darf das Packstück berechnen.',
  'The customer gets the invoice of the package.': 'Der Kunde bekommt die Rechnung des Packstücks.',
  'The package is billed, and the customer has its invoice.':
    'Das Packstück ist berechnet, und der Kunde hat seine Rechnung.',
  'No proof is missing that could be there.': 'Kein Beleg fehlt, der da sein könnte.',
  'a proof is missing': 'ein Beleg fehlt',
  'The carrier is asked a day after the delivery, and each day after that.':
    'Der Frachtführer wird einen Tag nach der Zustellung gefragt, und danach jeden Tag.',
  'it is not needed any more': 'er ist nicht mehr nötig',
  'another day has passed': 'ein weiterer Tag ist vergangen',
}
