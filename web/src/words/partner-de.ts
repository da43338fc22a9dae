/**
 * What the hub says to partners, in German, by what it says in English; braces stand for what was found. A test compares with the
 * declarations of the hub.
 */
export const germanForPartners: Readonly<Record<string, string>> = {
  // The steps from nothing to live.
  'We declare a connection for you.': 'Wir erklären eine Verbindung für Sie.',
  'We invite somebody of you, by a link.': 'Wir laden jemanden von Ihnen ein, mit einem Link.',
  'Make a key below, or send us the public key of a client.':
    'Machen Sie unten einen Schlüssel, oder senden Sie uns den öffentlichen Schlüssel eines Clients.',
  'Try a document of each connection below.': 'Probieren Sie unten ein Dokument jeder Verbindung.',
  'Send a first document.': 'Senden Sie ein erstes Dokument.',
  'Solve what waits: see your messages.': 'Lösen Sie, was wartet: siehe Ihre Nachrichten.',
  'Upload the next certificate below: one ends soon.': 'Laden Sie unten das nächste Zertifikat hoch: Eines endet bald.',
  // What whoever sent a document does next.
  'Nothing: it goes on by itself when the document before it is solved.':
    'Nichts: Es geht von selbst weiter, wenn das Dokument davor gelöst ist.',
  'Correct the envelope of the event and send it again.':
    'Berichtigen Sie den Umschlag des Ereignisses und senden Sie es noch einmal.',
  'Use a code that we have agreed on, or tell us what this one means; then it goes on by itself.':
    'Verwenden Sie einen vereinbarten Code, oder sagen Sie uns, was dieser bedeutet; dann geht es von selbst weiter.',
  'Correct this field and send the document again.':
    'Berichtigen Sie dieses Feld und senden Sie das Dokument noch einmal.',
  'Send all amounts of the document in one currency.': 'Senden Sie alle Beträge des Dokuments in einer Währung.',
  'Use a currency code of ISO 4217.': 'Verwenden Sie einen Währungscode nach ISO 4217.',
  'Correct this element and send the interchange again with a new control number.':
    'Berichtigen Sie dieses Element und senden Sie den Austausch mit neuer Kontrollnummer noch einmal.',
  'Send only the sets that we have agreed on, or ask us to agree on this one.':
    'Senden Sie nur die vereinbarten Nachrichtenarten, oder bitten Sie uns, diese zu vereinbaren.',
  'Correct the rows that are named and send the file again under another name.':
    'Berichtigen Sie die genannten Zeilen und senden Sie die Datei unter anderem Namen noch einmal.',
  'Correct the sets that are named and send them again in a new interchange; the others were taken.':
    'Berichtigen Sie die genannten Nachrichten und senden Sie sie in einer neuen Übertragungsdatei; die anderen wurden angenommen.',
  'Correct the rows that are named and send them in a new file; the others were taken.':
    'Berichtigen Sie die genannten Zeilen und senden Sie sie in einer neuen Datei; die anderen wurden angenommen.',
  'Give each new document a number of its own; send changes under a new one.':
    'Geben Sie jedem neuen Dokument eine eigene Nummer; senden Sie Änderungen unter einer neuen.',
  'Send one complete JSON document in UTF-8.': 'Senden Sie ein vollständiges JSON-Dokument in UTF-8.',
  'Send a flatter document.': 'Senden Sie ein flacheres Dokument.',
  'Split the document into several.': 'Teilen Sie das Dokument in mehrere.',
  'Nothing yet: it waits for the document that it belongs to. If you have not sent that one, send it.':
    'Noch nichts: Es wartet auf das Dokument, zu dem es gehört. Haben Sie das nicht gesendet, senden Sie es.',
  'Remove the control characters from this text and send the document again.':
    'Entfernen Sie die Steuerzeichen aus diesem Text und senden Sie das Dokument noch einmal.',
  'Nothing: it is ours to solve, and we see it. Write to us if it is urgent.':
    'Nichts: Das lösen wir, und wir sehen es. Schreiben Sie uns, wenn es eilt.',
  'Correct what is named and send the document again; what could be read counts already.':
    'Berichtigen Sie das Genannte und senden Sie das Dokument noch einmal; was lesbar war, zählt schon.',
  'Nothing: it is stored, and is being taken part by part because it is large.':
    'Nichts: Es ist gespeichert und wird Teil für Teil aufgenommen, weil es groß ist.',
  'What could be read was applied. What could not be read: {faults}. {told}':
    'Was lesbar war, wurde angewandt. Was nicht lesbar war: {faults}. {told}',
  'The document is stored and is large: it is being taken in parts, at a pace that leaves others alone.':
    'Das Dokument ist gespeichert und groß: Es wird in Teilen aufgenommen, so langsam, dass es andere nicht aufhält.',
  // What the rules of a trial find.
  'This connection takes no documents.': 'Diese Verbindung nimmt keine Dokumente.',
  '{bytes} of at most {most} bytes.': '{bytes} von höchstens {most} Bytes.',
  'Read as {format}.': 'Als {format} gelesen.',
  'No X12 or EDIFACT interchange begins in it.': 'Darin beginnt kein Austausch in X12 oder EDIFACT.',
  'Interchanges that are as agreed: {count}.': 'Austausche, die wie vereinbart sind: {count}.',
  'It says nothing that we keep: {ignored}': 'Es sagt nichts, was wir behalten: {ignored}',
  'It says: {said}. About: {numbers}.': 'Es sagt: {said}. Über: {numbers}.',
  'Every code of it is known.': 'Jeder Code darin ist bekannt.',
  'The code {code} is not known in {table}.': 'Der Code {code} ist in {table} nicht bekannt.',
  'a code that we have agreed on': 'ein vereinbarter Code',
  'Our map failed on it.': 'Unsere Übersetzung ist daran gescheitert.',
  'Another rule has to pass before.': 'Vorher muss eine andere Regel bestanden sein.',
  'segment {number}, {name}, bytes {start} to {end}': 'Segment {number}, {name}, Bytes {start} bis {end}',
  'segment {number}, bytes {start} to {end}': 'Segment {number}, Bytes {start} bis {end}',
  '{name}, bytes {start} to {end}': '{name}, Bytes {start} bis {end}',
  'bytes {start} to {end}': 'Bytes {start} bis {end}',
  'byte {position}': 'Byte {position}',
  // Why a document could not be taken, where whoever sent it can do something.
  'An earlier message of the same key is parked.': 'Eine frühere Nachricht desselben Schlüssels ist angehalten.',
  'The body is declared as a CloudEvent, but {problem}.': 'Der Inhalt ist als CloudEvent erklärt, aber: {problem}.',
  'Nobody has said what these codes of the sender mean: {codes}.':
    'Niemand hat gesagt, was diese Codes des Senders bedeuten: {codes}.',
  'At {place}: expected {expected}, found {found}.': 'Bei {place}: erwartet {expected}, gefunden {found}.',
  'An amount in {one} cannot be set against one in {other}.':
    'Ein Betrag in {one} ist mit einem in {other} nicht zu verrechnen.',
  'There is no currency {currency}.': 'Es gibt keine Währung {currency}.',
  'The {set} does not pass our own check: {problem}.': '{set} besteht unsere eigene Prüfung nicht: {problem}.',
  'The agreement does not send {set} {version}.': 'Die Vereinbarung sendet {set} {version} nicht.',
  'Faults in the file: {faults}. {first}': 'Fehler in der Datei: {faults}. {first}',
  'Sets of the interchange that were applied: {sets}. Sets that cannot be understood: {faults}. {first}':
    'Angewandte Nachrichten der Übertragungsdatei: {sets}. Nicht verstandene Nachrichten: {faults}. {first}',
  'Documents of the file that were applied: {documents}. Faults in the rest: {faults}. {first}':
    'Angewandte Dokumente der Datei: {documents}. Fehler im Rest: {faults}. {first}',
  'The identity of this message is that of {message}, but its bytes differ.':
    'Diese Nachricht heißt wie {message}, ihre Bytes sind aber andere.',
  'Expected a JSON document; at byte {position}: {found}.':
    'Erwartet wurde ein JSON-Dokument; bei Byte {position}: {found}.',
  'The document is nested deeper than {depth} levels.': 'Das Dokument ist tiefer als {depth} Ebenen verschachtelt.',
  'The document has more than {most} {what}.': 'Das Dokument hat mehr als {most} {what}.',
  'No object with one of these identifiers is known yet.': 'Noch ist kein Objekt mit einer dieser Nummern bekannt.',
  'The text at {place} holds NUL or half of a surrogate pair.':
    'Der Text bei {place} enthält NUL oder ein halbes Ersatzzeichenpaar.',
}
