/** What people are asked about orders and their transport, in German, by what the hub says in English; braces stand for what was found. */
export const germanOrders: Readonly<Record<string, string>> = {
  'Delivery {branchKey} of order {number} is booked, and its warehouse says by now that other quantities have left. What is booked?':
    'Lieferung {branchKey} von Auftrag {number} ist gebucht, und ihr Lager sagt inzwischen, dass andere Mengen abgegangen sind. Was wird gebucht?',
  'Book the difference': 'Die Differenz buchen',
  'What left less is taken back, what left more is issued.':
    'Was weniger abging, wird zurückgenommen; was mehr abging, wird ausgebucht.',
  'Take it back and book it anew': 'Zurücknehmen und neu buchen',
  'The goods issue is reversed as it was, then booked with what left.':
    'Der Warenausgang wird storniert, wie er war, und dann gebucht, was abging.',
  'The books stay as they are.': 'Die Bücher bleiben, wie sie sind.',
  'From which place; that with the most of it without': 'Von welchem Ort; ohne Angabe von dem mit dem meisten Bestand',
  'The warehouse of delivery {branchKey} of order {number} did not find {openLines}. What becomes of the rest?':
    'Das Lager von Lieferung {branchKey} zu Auftrag {number} fand {openLines} nicht. Was wird aus dem Rest?',
  'Ship the rest later': 'Den Rest später liefern',
  'It gets a delivery of its own when stock has it.': 'Er bekommt eine eigene Lieferung, sobald Bestand da ist.',
  'Cancel the rest': 'Den Rest stornieren',
  'Nothing more of it is shipped; what stock holds of it is given back.':
    'Davon wird nichts mehr geliefert; was der Bestand dafür hält, wird frei.',
  'Ship another item': 'Einen anderen Artikel liefern',
  'It is held, and gets a delivery of its own; the order says so. Where stock does not have it, you are asked again.':
    'Er wird reserviert und bekommt eine eigene Lieferung; der Auftrag sagt es. Wo kein Bestand ist, werden Sie wieder gefragt.',
  'Which item; the first of the options without': 'Welcher Artikel; ohne Angabe der erste der Vorschläge',
  'Price of one of it; what was agreed without': 'Preis für einen davon; ohne Angabe der vereinbarte',
  'In which money': 'In welcher Währung',
  'Ship from another place': 'Von einem anderen Ort liefern',
  'It is held there, and gets a delivery of its own. Where stock does not have it, you are asked again.':
    'Es wird dort reserviert und bekommt eine eigene Lieferung. Wo kein Bestand ist, werden Sie wieder gefragt.',
  'The lines are no list.': 'Die Positionen sind keine Liste.',
  'Line {number} names no item.': 'Position {number} nennt keinen Artikel.',
  'Line {number}: the quantity is not above zero.': 'Position {number}: die Menge ist nicht größer als null.',
  'It has no lines.': 'Er hat keine Positionen.',
  'Line {lineNo} is there twice.': 'Position {lineNo} ist doppelt.',
  'The warehouse found nothing of delivery {branchKey} of order {number}, and the delivery is still open. Who calls it off?':
    'Das Lager fand nichts von Lieferung {branchKey} zu Auftrag {number}, und die Lieferung ist noch offen. Wer storniert sie?',
  'Go on waiting': 'Weiter warten',
  'Order {number} was changed, and its warehouse works on it. What shall be shipped?':
    'Auftrag {number} wurde geändert, und sein Lager arbeitet daran. Was soll geliefert werden?',
  'Ship it as it was': 'Liefern, wie er war',
  'The change comes too late for this delivery.': 'Die Änderung kommt für diese Lieferung zu spät.',
  'Withdraw it': 'Zurückziehen',
  'The warehouse is told to stop; what it has picked goes back.':
    'Das Lager soll aufhören; was es kommissioniert hat, geht zurück.',
  'Order {number} is on hold, and its warehouse works on it. What shall happen?':
    'Auftrag {number} ist angehalten, und sein Lager arbeitet daran. Was soll geschehen?',
  'The warehouse is told to stop; it ships when the hold is over.':
    'Das Lager soll aufhören; geliefert wird, wenn die Sperre vorbei ist.',
  'Ship it': 'Liefern',
  'The hold does not stop this delivery.': 'Die Sperre hält diese Lieferung nicht auf.',
  'Order {number} cannot be shipped as it is: {problems}':
    'Auftrag {number} kann so nicht geliefert werden: {problems}',
  'It is checked again when the corrected order comes.': 'Er wird wieder geprüft, wenn der berichtigte Auftrag kommt.',
  'Whoever ordered is told that it will not be shipped.': 'Der Besteller erfährt, dass nicht geliefert wird.',
  'Order {number} is on hold. Can it be released?': 'Auftrag {number} ist angehalten. Kann er freigegeben werden?',
  'Delivery {branchKey} of order {number} should have left by {shipBy}.':
    'Lieferung {branchKey} von Auftrag {number} hätte bis {shipBy} abgehen sollen.',
  'Promise another time': 'Andere Zeit zusagen',
  'Whoever ordered has to be told.': 'Der Besteller muss es erfahren.',
  Hurry: 'Eilen',
  'The warehouse has been asked to hurry.': 'Das Lager wurde gebeten, sich zu beeilen.',
  'Ship it from elsewhere': 'Von anderswo liefern',
  'The delivery has to be withdrawn by hand.': 'Die Lieferung muss von Hand zurückgezogen werden.',
  'Order {number} may be shipped, and nobody has made a delivery of it.':
    'Auftrag {number} darf geliefert werden, und niemand hat eine Lieferung dazu angelegt.',
  'Line {branchKey} of order {number} waits for {missing} of {sku}.':
    'Position {branchKey} von Auftrag {number} wartet auf {missing} von {sku}.',
  'Keep it waiting': 'Weiter warten lassen',
  'It keeps its place in the queue, and is asked again.':
    'Sie behält ihren Platz in der Schlange, und es wird wieder gefragt.',
  'Its place in the queue is given back.': 'Ihr Platz in der Schlange wird frei.',
  'Order {number} has left long ago and is not closed. What is missing?':
    'Auftrag {number} ist längst abgegangen und nicht abgeschlossen. Was fehlt?',
  'Nothing is known of stock for order {number}: are its items known?':
    'Über den Bestand für Auftrag {number} ist nichts bekannt: Sind seine Artikel bekannt?',
  'Order {number} is called off, and the warehouse has it and has not withdrawn it. What shall happen?':
    'Auftrag {number} ist storniert, und das Lager hat ihn und hat ihn nicht zurückgezogen. Was soll geschehen?',
  'The cancellation is given up.': 'Die Stornierung wird aufgegeben.',
  'It is withdrawn': 'Sie ist zurückgezogen',
  'The order is cancelled.': 'Der Auftrag ist storniert.',
  'Does the warehouse have delivery {branchKey}? It has not said so.':
    'Hat das Lager die Lieferung {branchKey}? Es hat nichts gesagt.',
  'a carrier has the goods all the same: they are followed':
    'Ein Frachtführer hat die Ware trotzdem: sie wird verfolgt',
  'It is arranged elsewhere': 'Es ist anderswo geregelt',
  'The hub books nobody, and waits until the goods have left.':
    'Der Hub bucht niemanden und wartet, bis die Ware abgegangen ist.',
  'Take another carrier': 'Einen anderen Frachtführer nehmen',
  'That carrier gets it.': 'Dieser Frachtführer bekommt sie.',
  Service: 'Dienst',
  Mode: 'Verkehrsträger',
  '{carrier} would take delivery {branchKey} on conditions: . Accept them?':
    '{carrier} würde Lieferung {branchKey} unter Bedingungen nehmen: . Annehmen?',
  '{carrier} would take delivery {branchKey} on conditions: {conditionsInWords}. Accept them?':
    '{carrier} würde Lieferung {branchKey} unter Bedingungen nehmen: {conditionsInWords}. Annehmen?',
  'No carrier has taken delivery {branchKey}. Who shall carry it?':
    'Kein Frachtführer hat Lieferung {branchKey} genommen. Wer soll sie fahren?',
  'It is asked again after the same time.': 'Nach derselben Zeit wird wieder gefragt.',
  'The dock or {carrier} has not answered for delivery {branchKey}. Call them.':
    'Das Tor oder {carrier} hat für Lieferung {branchKey} nicht geantwortet. Bitte anrufen.',
  'Go on without': 'Ohne weitermachen',
  'It is arranged by phone, or not needed.': 'Es ist am Telefon geregelt oder nicht nötig.',
  'Who shall carry delivery {branchKey}? No price that is allowed has come.':
    'Wer soll Lieferung {branchKey} fahren? Kein Preis kam, der erlaubt ist.',
  'Ask again': 'Noch einmal fragen',
  'Carriers are asked once more.': 'Die Frachtführer werden noch einmal gefragt.',
  'Delivery {branchKey} weighs {weightHere} g, and not {weightGrams}. Take the new price?':
    'Lieferung {branchKey} wiegt {weightHere} g und nicht {weightGrams}. Den neuen Preis nehmen?',
  'nobody knows how many': 'niemand weiß wie viel',
  'Take it': 'Nehmen',
  'It is booked for the new price; for the old choice where there is no new one.':
    'Gebucht wird zum neuen Preis; wo es keinen neuen gibt, nach der alten Wahl.',
  'Hold it': 'Zurückhalten',
  'Nobody is booked; it is asked again.': 'Niemand wird gebucht; es wird wieder gefragt.',
}
