/** Why a message waits and what is next, in German, by what the hub says in English. */
export const germanParked: Readonly<Record<string, string>> = {
  'Agreement with the partner incomplete': 'Vereinbarung mit dem Partner unvollständig',
  'Complete the settings of the connection; then have the document written again.':
    'Die Einstellungen der Verbindung ergänzen; dann das Dokument noch einmal schreiben lassen.',
  'Acknowledgement too large': 'Quittung zu groß',
  'Ask the sender to split the file; an acknowledgement names at least every set with an error.':
    'Den Absender bitten, die Datei zu teilen; eine Quittung nennt mindestens jede Nachricht mit einem Fehler.',
  'Changes are not agreed with the partner': 'Änderungen sind mit dem Partner nicht vereinbart',
  'Tell the partner in another way and close the document, or let the agreement say that changes are sent.':
    'Dem Partner auf anderem Weg Bescheid geben und das Dokument abschließen, oder in der Vereinbarung erlauben, dass Änderungen gesendet werden.',
  'EDI document would not pass': 'EDI-Dokument würde nicht bestehen',
  'Correct what the object says, or the agreement with the partner; then have the document written again.':
    'Berichtigen, was das Objekt sagt, oder die Vereinbarung mit dem Partner; dann das Dokument noch einmal schreiben lassen.',
  'EDI document too large': 'EDI-Dokument zu groß',
  'Split the object where it is made, such as one payment into several, and tell it again; then close this document.':
    'Das Objekt dort teilen, wo es entsteht, etwa eine Zahlung in mehrere, und noch einmal melden; dann dieses Dokument abschließen.',
  'No EDI document for this command': 'Kein EDI-Dokument für diesen Befehl',
  'Remove the route, or choose the other standard in the agreement with the partner.':
    'Den Weg entfernen, oder in der Vereinbarung mit dem Partner den anderen Standard wählen.',
  'Document does not fit its set': 'Dokument passt nicht in seine Nachrichtenart',
  'Compare it with what interline edi map says of a file of the same set.':
    'Vergleichen mit dem, was interline edi map von einer Datei derselben Nachrichtenart sagt.',
  'Header value does not fit': 'Wert des Kopfes passt nicht',
  'Correct the identifiers in the agreement with the partner, then release.':
    'Die Kennungen in der Vereinbarung mit dem Partner berichtigen, dann freigeben.',
  'No interchange in the file': 'Kein Austausch in der Datei',
  'Look at it with interline edi explain; ask the sender for the file, or send it to the connection that it belongs to.':
    'Mit interline edi explain ansehen; den Absender um die Datei bitten, oder sie an die Verbindung senden, zu der sie gehört.',
  'EDI overlay not usable': 'EDI-Overlay nicht brauchbar',
  'Correct the setting overlays of the connection; the page of EDI sets lists what there is. Then release.':
    'Die Einstellung overlays der Verbindung berichtigen; die Seite der EDI-Nachrichtenarten zählt auf, was es gibt. Dann freigeben.',
  'Nothing agreed with the partner on this day': 'An diesem Tag ist mit dem Partner nichts vereinbart',
  'Declare the agreement for this day, with `from` and `until`; then have the document written again.':
    'Die Vereinbarung für diesen Tag erklären, mit `from` und `until`; dann das Dokument noch einmal schreiben lassen.',
  'Set is not agreed with the partner': 'Nachrichtenart ist mit dem Partner nicht vereinbart',
  'Add it to `sends` of the agreement, or remove the route; then have the document written again.':
    'Sie in `sends` der Vereinbarung aufnehmen, oder den Weg entfernen; dann das Dokument noch einmal schreiben lassen.',
  'Sets that cannot be understood': 'Nachrichten, die nicht zu verstehen sind',
  'Correct what is named, here or in the settings, and release; sets that were applied are known and count once. Or skip it and have the partner send these sets again. Where all must wait for one, set notUnderstood to park_file.':
    'Das Genannte hier oder in den Einstellungen berichtigen und freigeben; was schon ausgeführt wurde, ist bekannt und zählt einmal. Oder überspringen und den Partner diese Nachrichten noch einmal senden lassen. Wo alle auf eine warten müssen, notUnderstood auf park_file setzen.',
  'Severity not understood': 'Schwere nicht verstanden',
  'Write code=severity or L0=severity to L7=severity, with reject, accept, warn or ignore; then release.':
    'Code=Schwere oder L0=Schwere bis L7=Schwere schreiben, mit reject, accept, warn oder ignore; dann freigeben.',
  'Text outside the character set': 'Text außerhalb des Zeichensatzes',
  'Change the text, or let the agreement transliterate or substitute; then release.':
    'Den Text ändern, oder in der Vereinbarung Umschrift oder Ersatz erlauben; dann freigeben.',
  'Waits behind a parked message': 'Wartet hinter einer geparkten Nachricht',
  'Release, edit or skip the first parked message of the key; this one follows by itself.':
    'Die erste geparkte Nachricht des Schlüssels freigeben, ändern oder überspringen; diese folgt von selbst.',
  'The connection is paused': 'Die Verbindung ist angehalten',
  'Resume the connection; what was kept follows by itself, in order.':
    'Die Verbindung fortsetzen; was aufbewahrt wurde, folgt von selbst, der Reihe nach.',
  'Not a CloudEvent': 'Kein CloudEvent',
  'Compare with CloudEvents 1.0, structured mode; send plain JSON with its own content type if it is not one.':
    'Mit CloudEvents 1.0, strukturierter Modus, vergleichen; sonst gewöhnliches JSON mit eigenem Inhaltstyp senden.',
  'Code that nobody has translated': 'Code, den niemand übersetzt hat',
  'Decide the task map-code of the role master-data, or import the translation; everything that waits then goes on in order.':
    'Die Aufgabe map-code der Rolle Stammdaten entscheiden, oder die Übersetzung einlesen; alles, was wartet, geht dann der Reihe nach weiter.',
  'Code of ours that the system has no name for': 'Code von uns, für den das System keinen Namen hat',
  'Decide the task name-code of the role master-data, or import the translation with direction out; what waits then leaves in order.':
    'Die Aufgabe name-code der Rolle Stammdaten entscheiden, oder die Übersetzung mit der Richtung hinaus einlesen; was wartet, geht dann der Reihe nach hinaus.',
  'Content does not fit': 'Inhalt passt nicht',
  'Compare with the documentation of the sender; edit and release, or extend the map and replay.':
    'Mit der Beschreibung des Absenders vergleichen; ändern und freigeben, oder die Zuordnung erweitern und wiederholen.',
  'Amounts in different currencies': 'Beträge in verschiedenen Währungen',
  'Have the document corrected, or give the rate with its date and source; then release.':
    'Das Dokument berichtigen lassen, oder den Kurs mit Datum und Quelle angeben; dann freigeben.',
  'Currency not known': 'Währung nicht bekannt',
  'Correct the code; if it is a new one of ISO 4217, add it to the table with its first day.':
    'Den Code berichtigen; ist er in ISO 4217 neu, mit seinem ersten Tag in die Tabelle aufnehmen.',
  'Document took too much to read': 'Dokument war zu aufwendig zu lesen',
  'Have the sender divide it, or look at what makes it so costly (interline trace); released as it is, it is read once more.':
    'Den Absender es teilen lassen, oder ansehen, was es so aufwendig macht (interline trace); so freigegeben wird es noch einmal gelesen.',
  'File with faults': 'Datei mit Fehlern',
  'Look at all of them with interline file explain; correct the file or its schema, then release.':
    'Alle mit interline file explain ansehen; die Datei oder ihr Schema berichtigen, dann freigeben.',
  'Rows with faults': 'Zeilen mit Fehlern',
  'Correct the rows that are named and release; rows that were applied are known and count once.':
    'Die genannten Zeilen berichtigen und freigeben; schon ausgeführte Zeilen sind bekannt und zählen einmal.',
  'Schema of a file not usable': 'Schema einer Datei nicht brauchbar',
  'Correct the setting files of the connection; the guide of flat files shows what can be said. Then release.':
    'Die Einstellung files der Verbindung berichtigen; die Anleitung zu Dateien zeigt, was man sagen kann. Dann freigeben.',
  'File of no declared kind': 'Datei von keiner erklärten Art',
  'Give the schema the names of its files, or the columns that the header really has; then release.':
    'Dem Schema die Namen seiner Dateien geben, oder die Spalten, die der Kopf wirklich hat; dann freigeben.',
  'Document does not fit into the file': 'Dokument passt nicht in die Datei',
  'Correct the document, or the schema in the setting files of the connection; then release.':
    'Das Dokument berichtigen, oder das Schema in der Einstellung files der Verbindung; dann freigeben.',
  'More than one object fits': 'Mehr als ein Objekt passt',
  'Decide which object is meant; correct the identifier or end the validity of the old one, then release.':
    'Entscheiden, welches Objekt gemeint ist; die Kennung berichtigen oder die Gültigkeit der alten beenden, dann freigeben.',
  'Identifiers of different objects': 'Kennungen verschiedener Objekte',
  'Find out which identifier is wrong, or have the owner of the data confirm that the objects are one, then release.':
    'Herausfinden, welche Kennung falsch ist, oder vom Eigentümer der Daten bestätigen lassen, dass die Objekte eines sind; dann freigeben.',
  'Same identity, other content': 'Gleiche Kennung, anderer Inhalt',
  'Compare both messages; release this one if it says something new, skip it if the first is right. It holds nothing back.':
    'Beide Nachrichten vergleichen; diese freigeben, wenn sie etwas Neues sagt, überspringen, wenn die erste stimmt. Sie hält nichts auf.',
  'Not JSON': 'Kein JSON',
  'Compare the stored bytes with what the sender meant; edit and release, or ask the sender to send it again.':
    'Die gespeicherten Bytes mit dem vergleichen, was der Absender meinte; ändern und freigeben, oder den Absender noch einmal senden lassen.',
  'JSON nested too deeply': 'JSON zu tief verschachtelt',
  'Documents of known senders are flat; find out whether this is an attack before raising the limit.':
    'Dokumente bekannter Absender sind flach; herausfinden, ob das ein Angriff ist, bevor die Grenze erhöht wird.',
  'JSON past a limit': 'JSON über einer Grenze',
  'Find out whether the sender means it; split the document, or raise the limit of the connection.':
    'Herausfinden, ob der Absender das so meint; das Dokument teilen, oder die Grenze der Verbindung erhöhen.',
  'Object not known yet': 'Objekt noch nicht bekannt',
  'Nothing to do within the waiting time; after it, send or correct the message that creates the object.':
    'In der Wartezeit ist nichts zu tun; danach die Nachricht senden oder berichtigen, die das Objekt anlegt.',
  'Character that cannot be stored': 'Zeichen, das nicht gespeichert werden kann',
  'Name that cannot be meant': 'Name, der nicht gemeint sein kann',
  'Have it corrected where it comes from, and sent as a text: digits that are gone do not come back. Or edit the message and release it.':
    'Dort berichtigen lassen, wo es herkommt, und als Text senden lassen: verlorene Ziffern kommen nicht wieder. Oder die Nachricht bearbeiten und freigeben.',
  'Ask the sender to mend its encoding; the raw bytes are kept.':
    'Den Absender bitten, seine Kodierung zu berichtigen; die ursprünglichen Bytes sind aufbewahrt.',
  'No such connection': 'Keine solche Verbindung',
  'Check the name in the URL against the declared connections; the request was not stored.':
    'Den Namen in der URL mit den erklärten Verbindungen vergleichen; die Anfrage wurde nicht gespeichert.',
  'Part of the message does not fit': 'Ein Teil der Nachricht passt nicht',
  'Correct what is named and release, or ignore it; what was applied is known and counts once.':
    'Das Genannte berichtigen und freigeben, oder es ignorieren; was angewandt wurde, ist bekannt und zählt einmal.',
  'Being taken in parts': 'Wird in Teilen aufgenommen',
  'Nothing to do: it is done when its last part is. The page of the message says how many are stored.':
    'Nichts zu tun: Sie ist fertig, wenn ihr letzter Teil es ist. Die Seite der Nachricht sagt, wie viele gespeichert sind.',
}
