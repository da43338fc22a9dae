/** What the worklist of exceptions says of trouble and of what is next, in German, by what the hub says in English. */
export const germanExceptions: Readonly<Record<string, string>> = {
  'A document to {connection} was not acknowledged in time.':
    'Ein Dokument an {connection} wurde nicht rechtzeitig bestätigt.',
  'A document to {connection} was not answered in time.':
    'Ein Dokument an {connection} wurde nicht rechtzeitig beantwortet.',
  'The {detail} to {connection} was not acknowledged in time.':
    '{detail} an {connection} wurde nicht rechtzeitig bestätigt.',
  'The {detail} to {connection} was not answered in time.':
    '{detail} an {connection} wurde nicht rechtzeitig beantwortet.',
  'Compare the documents line by line, and have the wrong one corrected.':
    'Die Dokumente Zeile für Zeile vergleichen und das falsche berichtigen lassen.',
  'Open it and read what was reported.': 'Öffnen und lesen, was gemeldet wurde.',
  'The order should have been shipped': 'Der Auftrag hätte geliefert sein sollen',
  'Ask what holds it up; tell the customer and agree a new promise.':
    'Fragen, was ihn aufhält; dem Kunden Bescheid geben und neu zusagen.',
  'The delivery should have left the warehouse': 'Die Lieferung hätte das Lager verlassen sollen',
  'Ask the warehouse what holds it up; book the carrier again where the pickup was missed.':
    'Das Lager fragen, was sie aufhält; den Frachtführer neu buchen, wo die Abholung versäumt wurde.',
  'The goods should have been received': 'Die Ware hätte eingegangen sein sollen',
  'Ask the supplier or the carrier where they are; give the dock another time.':
    'Den Lieferanten oder den Frachtführer fragen, wo sie ist; dem Tor eine andere Zeit geben.',
  '{wrong}; it is {status}.': '{wrong}; Stand: {status}.',
  'Nobody came to the dock at the time that was agreed.': 'Zur vereinbarten Zeit kam niemand ans Tor.',
  '{process} waits too long in {state}.': '{process} wartet zu lange in „{state}“.',
  '{count} message is parked: {title}.': '{count} Nachricht ist geparkt: {title}.',
  '{count} messages are parked: {title}.': '{count} Nachrichten sind geparkt: {title}.',
  '{words} was refused by {connection}.': '„{words}“ wurde von {connection} abgelehnt.',
  '{words} was refused by {connection}: {detail}': '„{words}“ wurde von {connection} abgelehnt: {detail}',
  '{words} waits for a decision before {connection} is told.':
    '„{words}“ wartet auf eine Entscheidung, bevor {connection} es erfährt.',
  '{words} waits for a decision before {connection} is told: {detail}':
    '„{words}“ wartet auf eine Entscheidung, bevor {connection} es erfährt: {detail}',
  'Read what the system said, repair the cause there, and send it again.':
    'Lesen, was das System sagt, die Ursache dort beheben und noch einmal senden.',
  'Look it up in the other system; say that it is there, or send it again.':
    'Im anderen System nachsehen; sagen, dass es dort ist, oder noch einmal senden.',
  '{words} fails at {connection}: {count} tried three times or more.':
    '„{words}“ scheitert bei {connection}: {count} dreimal oder öfter versucht.',
  'Look whether the system is reachable and takes our credentials; the hub goes on trying.':
    'Prüfen, ob das System erreichbar ist und unsere Anmeldung annimmt; der Hub versucht es weiter.',
  '{count} stock differs from {connection}, and nothing explains it.':
    '{count} Bestand weicht von {connection} ab, und nichts erklärt es.',
  '{count} stock differs from {connection}, probably because of {cause}.':
    '{count} Bestand weicht von {connection} ab, wahrscheinlich wegen: {cause}.',
  '{count} stocks differ from {connection}, and nothing explains it.':
    '{count} Bestände weichen von {connection} ab, und nichts erklärt es.',
  '{count} stocks differ from {connection}, probably because of {cause}.':
    '{count} Bestände weichen von {connection} ab, wahrscheinlich wegen: {cause}.',
  'Propose an adjustment where the cause is known; have the rest counted again.':
    'Eine Korrektur vorschlagen, wo die Ursache bekannt ist; den Rest noch einmal zählen lassen.',
  'Not decided in time: {detail}': 'Nicht rechtzeitig entschieden: {detail}',
  'Decide it, or give it to somebody who can.': 'Entscheiden, oder jemandem geben, der es kann.',
  'A document to {connection} {outcome}.': 'Ein Dokument an {connection} {outcome}.',
  'The {detail} to {connection} {outcome}.': '{detail} an {connection} {outcome}.',
  'has no receipt': 'hat keine Quittung',
  'has no receipt in time': 'hat nicht rechtzeitig eine Quittung',
  'was refused by the receipt of the partner': 'wurde durch die Quittung des Partners abgelehnt',
  'arrived as other bytes than were sent, says its receipt':
    'kam laut seiner Quittung mit anderen Bytes an, als gesendet wurden',
  'Correct it in the books, or send the posting again.':
    'In den Büchern berichtigen, oder die Buchung noch einmal senden.',
  'Nothing has come from {connection}; {detail}.': 'Von {connection} ist nichts gekommen; {detail}.',
  'A certificate of {connection} ends: {detail}.': 'Ein Zertifikat von {connection} endet: {detail}.',
  'It comes later than planned.': 'Sie kommt später als geplant.',
  'The carrier holds it for a reason of its own.': 'Der Frachtführer hält sie aus einem eigenen Grund fest.',
  'Customs keep it until papers or duties are in order.':
    'Der Zoll behält sie, bis Papiere oder Abgaben in Ordnung sind.',
  'A paper is missing or wrong.': 'Ein Papier fehlt oder ist falsch.',
  'Duties or charges must be paid before it goes on.': 'Zölle oder Gebühren müssen bezahlt sein, bevor es weitergeht.',
  'The address is wrong or incomplete.': 'Die Adresse ist falsch oder unvollständig.',
  'Nobody was there to take it.': 'Niemand war da, um sie anzunehmen.',
  'A delivery was tried and failed. The third time it is critical.':
    'Ein Zustellversuch ist gescheitert. Beim dritten Mal ist es kritisch.',
  'The consignee did not want it.': 'Der Empfänger wollte sie nicht.',
  'Goods or packaging are damaged.': 'Ware oder Verpackung ist beschädigt.',
  'Less came than was sent.': 'Es kam weniger an, als gesendet wurde.',
  'More came than was sent.': 'Es kam mehr an, als gesendet wurde.',
  'The carrier cannot find it and searches.': 'Der Frachtführer findet sie nicht und sucht.',
  'The carrier has given it up.': 'Der Frachtführer hat sie aufgegeben.',
  'It was stolen.': 'Sie wurde gestohlen.',
  'It went to the wrong place.': 'Sie kam an den falschen Ort.',
  'The weather stops it.': 'Das Wetter hält sie auf.',
  'The vehicle broke down.': 'Das Fahrzeug hatte eine Panne.',
  'The vehicle had an accident.': 'Das Fahrzeug hatte einen Unfall.',
  'The way is closed or jammed.': 'Der Weg ist gesperrt oder verstopft.',
  'The carrier has no room for it.': 'Der Frachtführer hat keinen Platz dafür.',
  'It came too late for the departure that was planned.': 'Sie kam zu spät für die geplante Abfahrt.',
  'The carrier came and could not take it, or did not come.':
    'Der Frachtführer kam und konnte sie nicht nehmen, oder kam nicht.',
  'The carrier does not want the load.': 'Der Frachtführer will die Ladung nicht.',
  'Goods or destination are not allowed on this service.': 'Ware oder Ziel sind mit diesem Dienst nicht erlaubt.',
  'It is heavier or larger than was stated.': 'Sie ist schwerer oder größer als angegeben.',
  'A place of the carrier cannot work.': 'Ein Standort des Frachtführers kann nicht arbeiten.',
  'The site was closed.': 'Der Standort war geschlossen.',
  'The consignee asked for another time or place.': 'Der Empfänger bat um eine andere Zeit oder einen anderen Ort.',
  'It was too warm or too cold.': 'Es war zu warm oder zu kalt.',
  'A security check stops it.': 'Eine Sicherheitsprüfung hält sie auf.',
  'The carrier reports trouble that no other category names.':
    'Der Frachtführer meldet eine Störung, die keine andere Art nennt.',
  'Nothing was heard for longer than is normal for the mode.':
    'Länger als für den Verkehrsträger üblich war nichts zu hören.',
  'The promised time is over and it is not delivered.': 'Die zugesagte Zeit ist vorbei, und sie ist nicht zugestellt.',
  'It is delivered and no proof has come in time.': 'Sie ist zugestellt, und der Ablieferbeleg kam nicht rechtzeitig.',
  'It is delivered although nobody scanned the pickup.':
    'Sie ist zugestellt, obwohl niemand die Abholung gescannt hat.',
  'It was packed or labelled and still has no number to follow.':
    'Sie wurde gepackt oder etikettiert und hat noch keine Sendungsnummer.',
  'A scan says that it moves although it is delivered.':
    'Ein Scan sagt, dass sie sich bewegt, obwohl sie zugestellt ist.',
  'A scan says that it moves although it was cancelled.':
    'Ein Scan sagt, dass sie sich bewegt, obwohl sie storniert wurde.',
  'It was cancelled when the carrier already had the goods.':
    'Sie wurde storniert, als der Frachtführer die Ware schon hatte.',
  'The warehouse says that it has left, the carrier has not scanned it.':
    'Das Lager sagt, dass sie abgegangen ist; der Frachtführer hat sie nicht gescannt.',
  'The carrier has it, the warehouse has not said that it left.':
    'Der Frachtführer hat sie; das Lager hat nicht gesagt, dass sie abgegangen ist.',
  'The carrier’s own summary says something else than its scans.':
    'Die Zusammenfassung des Frachtführers sagt etwas anderes als seine Scans.',
  'A scan is dated later than it was received. It moves nothing until it is corrected.':
    'Ein Scan trägt eine spätere Zeit als die seines Eingangs. Er bewegt nichts, bis er berichtigt ist.',
  'Nobody has answered the tender by its deadline.':
    'Niemand hat das Frachtangebot bis zum Ende seiner Frist beantwortet.',
  'A partner’s answer does not fit the document that it was sent.':
    'Die Antwort eines Partners passt nicht zum Dokument, das er bekam.',
  'A partner refused a document.': 'Ein Partner hat ein Dokument abgelehnt.',
  'A partner has not answered a document in the agreed time.':
    'Ein Partner hat ein Dokument nicht in der vereinbarten Zeit beantwortet.',
  'The business of a partner has not answered a document in the agreed time: no response to a tender, no shipping advice for an order.':
    'Der Partner hat ein Dokument in der Sache nicht in der vereinbarten Zeit beantwortet: keine Antwort auf ein Frachtangebot, kein Avis zu einer Bestellung.',
  'A partner is owed a document and it cannot be written.':
    'Ein Partner soll ein Dokument bekommen, und es kann nicht geschrieben werden.',
  'The receipt of the transport (AS2) proves other bytes than were sent.':
    'Die Quittung der Übertragung (AS2) beweist andere Bytes, als gesendet wurden.',
  'A partner has not given the receipt of the transport (AS2) in the agreed time.':
    'Ein Partner hat die Quittung der Übertragung (AS2) nicht in der vereinbarten Zeit gegeben.',
  'The receipt of the transport (AS2) says that the partner did not take the message.':
    'Die Quittung der Übertragung (AS2) sagt, dass der Partner die Nachricht nicht genommen hat.',
  'Documents of the object say something against each other: more was announced, shipped or invoiced than was ordered, or something else.':
    'Dokumente dazu widersprechen einander: Es wurde mehr avisiert, geliefert oder berechnet als bestellt, oder etwas anderes.',
  'Ask the partner which of its answers counts; then send the document again or close it.':
    'Den Partner fragen, welche seiner Antworten gilt; dann das Dokument noch einmal senden oder abschließen.',
  'Read the partner’s reasons; correct the data or the agreement, then have the document sent again.':
    'Die Gründe des Partners lesen; die Angaben oder die Vereinbarung berichtigen, dann das Dokument noch einmal senden lassen.',
  'Ask the partner whether the document arrived.': 'Den Partner fragen, ob das Dokument angekommen ist.',
  'Ask the partner for its answer to the document; decide whether to go on without.':
    'Den Partner um seine Antwort auf das Dokument bitten; entscheiden, ob es ohne weitergeht.',
  'Complete the data or the agreement with the partner; the document is written when the object is told again.':
    'Die Angaben oder die Vereinbarung mit dem Partner ergänzen; das Dokument wird geschrieben, wenn das Objekt wieder gemeldet wird.',
  'The partner has other bytes than were sent: ask what it received, then send the document again or close it.':
    'Der Partner hat andere Bytes, als gesendet wurden: fragen, was er bekam, dann das Dokument noch einmal senden oder abschließen.',
  'Ask the partner whether the message arrived, or send the document again: the same message under the same Message-ID, which the partner takes once.':
    'Den Partner fragen, ob die Nachricht ankam, oder das Dokument noch einmal senden: dieselbe Nachricht mit derselben Message-ID, die der Partner einmal nimmt.',
  'Read why the partner refused the message, correct certificates or settings with it, then send the document again.':
    'Lesen, warum der Partner die Nachricht ablehnte, Zertifikate oder Einstellungen mit ihm berichtigen, dann das Dokument noch einmal senden.',
  'Ask the carrier for the state of the goods and a new estimate.':
    'Den Frachtführer nach dem Zustand der Ware und einer neuen Ankunftszeit fragen.',
  'Correct the address with the consignee and tell the carrier.':
    'Die Adresse mit dem Empfänger berichtigen und dem Frachtführer sagen.',
  'The carrier has the goods: arrange a return or take the cancellation back.':
    'Der Frachtführer hat die Ware: eine Rückholung vereinbaren oder die Stornierung zurücknehmen.',
  'Confirm the new pickup or reassign the carrier.':
    'Die neue Abholung bestätigen oder einen anderen Frachtführer nehmen.',
  'Agree a time when the site is open.': 'Eine Zeit vereinbaren, zu der der Standort offen ist.',
  'Nothing: delivery follows the customer’s wish.': 'Nichts: Zugestellt wird nach dem Wunsch des Kunden.',
  'Ask the broker what is missing and send it.': 'Den Zollagenten fragen, was fehlt, und es senden.',
  'Inspect, take pictures, open a claim.': 'Prüfen, fotografieren, eine Reklamation beginnen.',
  'Tell the consignee the new estimate.': 'Dem Empfänger die neue Ankunftszeit sagen.',
  'Check address and opening hours; agree the next attempt.':
    'Adresse und Öffnungszeiten prüfen; den nächsten Versuch vereinbaren.',
  'Send the missing document to the carrier.': 'Dem Frachtführer das fehlende Dokument senden.',
  'Wait for the carrier’s next scan; ask if none comes today.':
    'Auf den nächsten Scan des Frachtführers warten; fragen, wenn heute keiner kommt.',
  'Ask the sender to correct the time of the scan.': 'Den Absender bitten, die Zeit des Scans zu berichtigen.',
  'Tell the customer and agree a new promise.': 'Dem Kunden Bescheid geben und neu zusagen.',
  'Start a search with the carrier; replace the goods; open a claim.':
    'Beim Frachtführer suchen lassen; die Ware ersetzen; eine Reklamation beginnen.',
  'Ask the carrier to search.': 'Den Frachtführer suchen lassen.',
  'Ask the carrier for a new estimate.': 'Den Frachtführer nach einer neuen Ankunftszeit fragen.',
  'Ask the carrier for the corrected route.': 'Den Frachtführer nach dem berichtigten Weg fragen.',
  'Check that the goods leave with the next pickup.': 'Prüfen, dass die Ware mit der nächsten Abholung abgeht.',
  'Nothing urgent: the carrier did not scan the pickup.':
    'Nichts Eiliges: Der Frachtführer hat die Abholung nicht gescannt.',
  'Request the proof of delivery from the carrier.': 'Den Ablieferbeleg vom Frachtführer anfordern.',
  'Ask the pack station or the carrier for the number.': 'Packplatz oder Frachtführer nach der Nummer fragen.',
  'Ask the carrier for the reason and remove it.': 'Den Frachtführer nach dem Grund fragen und ihn beseitigen.',
  'Read the carrier’s text and decide.': 'Den Text des Frachtführers lesen und entscheiden.',
  'Count again with the consignee; correct the documents.':
    'Mit dem Empfänger noch einmal zählen; die Dokumente berichtigen.',
  'Correct weight and dimensions in the order.': 'Gewicht und Maße im Auftrag berichtigen.',
  'Ask the consignee to pay duties or charges.': 'Den Empfänger bitten, Zölle oder Gebühren zu zahlen.',
  'Agree a new pickup with the carrier.': 'Mit dem Frachtführer eine neue Abholung vereinbaren.',
  'Offer the consignee another day or a pickup point.':
    'Dem Empfänger einen anderen Tag oder einen Abholpunkt anbieten.',
  'Ask the consignee why; decide between return and another attempt.':
    'Den Empfänger nach dem Grund fragen; zwischen Rückholung und neuem Versuch entscheiden.',
  'Check whether the goods may be shipped on this service.':
    'Prüfen, ob die Ware mit diesem Dienst versendet werden darf.',
  'Wait for the new estimate.': 'Auf die neue Ankunftszeit warten.',
  'Ask the carrier which of the scans is wrong.': 'Den Frachtführer fragen, welcher der Scans falsch ist.',
  'The void came too late: decide between delivery and return.':
    'Die Stornierung kam zu spät: zwischen Zustellung und Rückholung entscheiden.',
  'Ask the warehouse for the ship confirmation; stock and invoice wait for it.':
    'Das Lager nach der Abgangsmeldung fragen; Bestand und Rechnung warten darauf.',
  'Follow the security procedure with the carrier.': 'Mit dem Frachtführer nach der Sicherheitsanweisung vorgehen.',
  'Ask the carrier whether the goods were taken over.': 'Den Frachtführer fragen, ob die Ware übernommen wurde.',
  'Count with the consignee; search; open a claim.': 'Mit dem Empfänger zählen; suchen; eine Reklamation beginnen.',
  'Compare the carrier’s summary with its scans.':
    'Die Zusammenfassung des Frachtführers mit seinen Scans vergleichen.',
  'Check the sensor record; decide whether the goods may be used.':
    'Die Aufzeichnung der Sensoren prüfen; entscheiden, ob die Ware verwendet werden darf.',
  'Tender to the next carrier.': 'Dem nächsten Frachtführer anbieten.',
  'Answer the tender, or ask the carrier to; tender to the next carrier where none comes.':
    'Das Frachtangebot beantworten, oder den Frachtführer darum bitten; kommt nichts, dem nächsten anbieten.',
  'Report to the police and the insurer; open a claim.':
    'Der Polizei und dem Versicherer melden; eine Reklamation beginnen.',
  'Ask the carrier where the goods are.': 'Den Frachtführer fragen, wo die Ware ist.',
  'Ask the partner whether the document arrived; send it again where it did not.':
    'Den Partner fragen, ob das Dokument angekommen ist; wo nicht, noch einmal senden.',
  'Ask the carrier where the vehicle is, and give it another time.':
    'Den Frachtführer fragen, wo das Fahrzeug ist, und ihm eine andere Zeit geben.',
  'Open the process: it says what it waits for, and who owes it.':
    'Den Vorgang öffnen: Er sagt, worauf er wartet und wer es schuldet.',
  'Late: ask the partner, or send the document again, which repeats the same message under the same Message-ID. Refused or another digest: read the reason, correct it with the partner, then send it again.':
    'Verspätet: den Partner fragen, oder das Dokument noch einmal senden; das wiederholt dieselbe Nachricht mit derselben Message-ID. Abgelehnt oder andere Prüfsumme: den Grund lesen, mit dem Partner berichtigen, dann noch einmal senden.',
  'Look at one of the messages and decide.': 'Eine der Nachrichten ansehen und entscheiden.',
  'Look at the message and decide.': 'Die Nachricht ansehen und entscheiden.',
  'Open it and decide.': 'Öffnen und entscheiden.',
  'Its time is over': 'Seine Zeit ist vorbei',
}
