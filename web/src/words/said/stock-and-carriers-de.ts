/** What people are asked about codes, stock, carriers and claims, in German, by what the hub says in English; braces stand for what was found. */
export const germanStockAndCarriers: Readonly<Record<string, string>> = {
  'What does {system} mean by the {what} {value}?': 'Was meint {system} mit {what} {value}?',
  'What does {system} mean by the {what} {value} of {qualifier}?':
    'Was meint {system} mit {what} {value} von {qualifier}?',
  item: 'Artikel',
  'unit of measure': 'Einheit',
  place: 'Ort',
  party: 'Partei',
  carrier: 'Frachtführer',
  'service of a carrier': 'Dienst eines Frachtführers',
  'It means one of ours': 'Es bedeutet etwas von uns',
  'It is translated from now on; everything that waits for it goes on in order.':
    'Es wird ab jetzt übersetzt; alles, was darauf wartet, geht der Reihe nach weiter.',
  'Our {codedNames}': 'Bei uns: {codedNames}',
  'It is right as it is': 'Es ist richtig, wie es ist',
  'It is one of our own codes from now on; everything that waits for it goes on in order.':
    'Es ist ab jetzt ein Code von uns; alles, was darauf wartet, geht der Reihe nach weiter.',
  'Refuse what uses it': 'Ablehnen, was ihn verwendet',
  'Every message that waits for it is refused. The next one that uses it asks again.':
    'Jede Nachricht, die darauf wartet, wird abgelehnt. Die nächste, die ihn verwendet, fragt wieder.',
  'What does {system} call our {codedNames} {value}?': 'Wie heißt {codedNames} {value} von uns bei {system}?',
  'What does {system} call our {codedNames} {value} of {qualifier}?':
    'Wie heißt {codedNames} {value} von uns (von {qualifier}) bei {system}?',
  'It has a name there': 'Es hat dort einen Namen',
  'It leaves under that name from now on; everything that waits for it leaves in order.':
    'Es geht ab jetzt unter diesem Namen hinaus; alles, was darauf wartet, geht der Reihe nach hinaus.',
  'What {system} calls it': 'Name bei {system}',
  'It is called as we call it': 'Es heißt dort wie bei uns',
  'It leaves as it is from now on; everything that waits for it leaves in order.':
    'Es geht ab jetzt hinaus, wie es ist; alles, was darauf wartet, geht der Reihe nach hinaus.',
  'Do not send what uses it': 'Nichts senden, was ihn verwendet',
  'Everything that waits for it is cancelled. The next one that uses it asks again.':
    'Alles, was darauf wartet, wird storniert. Das Nächste, was ihn verwendet, fragt wieder.',
  'How much {sku} with status {status} is at {location}?': 'Wie viel {sku} mit Status „{status}“ liegt in {location}?',
  'How much {sku} of lot {lot} with status {status} is at {location}?':
    'Wie viel {sku} der Charge {lot} mit Status „{status}“ liegt in {location}?',
  'Cannot be counted': 'Kann nicht gezählt werden',
  'The order is over; nothing is counted.': 'Der Auftrag ist zu Ende; nichts wird gezählt.',
  '{asserted} {uom} of {sku} were counted at {location}; the books have {booked}. Is the difference of {variance} to be posted?':
    'In {location} wurden {asserted} {uom} von {sku} gezählt; in den Büchern stehen {booked}. Soll die Differenz von {variance} gebucht werden?',
  'Post it': 'Buchen',
  'The books become what was counted, and the ERP is told.':
    'Die Bücher werden, wie gezählt wurde, und das ERP erfährt es.',
  'Count again': 'Noch einmal zählen',
  'The count is set aside, and the warehouse counts once more.':
    'Die Zählung wird beiseitegelegt, und das Lager zählt noch einmal.',
  'Reject it': 'Verwerfen',
  'It is as if nobody had counted.': 'Es ist, als hätte niemand gezählt.',
  'We have {ours} {uom} of {sku} with status {status} at {location}, {system} has {theirs}. What is to be done?':
    'Wir haben {ours} {uom} von {sku} mit Status „{status}“ in {location}, {system} hat {theirs}. Was soll geschehen?',
  'We have {ours} {uom} of {sku} of lot {lot} with status {status} at {location}, {system} has {theirs}. What is to be done?':
    'Wir haben {ours} {uom} von {sku} der Charge {lot} mit Status „{status}“ in {location}, {system} hat {theirs}. Was soll geschehen?',
  'The warehouse gets an order to count; nothing else changes.':
    'Das Lager erhält einen Zählauftrag; sonst ändert sich nichts.',
  'Correct {system}': '{system} berichtigen',
  'An adjustment of {difference} is posted to {system}.': 'In {system} wird eine Korrektur von {difference} gebucht.',
  'Correct the hub': 'Den Hub berichtigen',
  'Our books change by {negate}; {system} is not told, because it has that already.':
    'Unsere Bücher ändern sich um {negate}; {system} erfährt nichts, denn dort steht es schon so.',
  'Wait, or put right elsewhere': 'Warten oder anderswo richtigstellen',
  'Nothing changes. It is asked again when a comparison a day later still finds it.':
    'Nichts ändert sich. Es wird wieder gefragt, wenn ein Abgleich einen Tag später die Differenz noch findet.',
  '{offered} would take the load on conditions: . Accept them?':
    '{offered} würde die Ladung unter Bedingungen nehmen: . Annehmen?',
  '{offered} would take the load on conditions: {conditionsInWords}. Accept them?':
    '{offered} würde die Ladung unter Bedingungen nehmen: {conditionsInWords}. Annehmen?',
  'Carrier {offered} is dearer than the first choice. Shall he have the load?':
    'Frachtführer {offered} ist teurer als die erste Wahl. Soll er die Ladung bekommen?',
  'Accept the cost': 'Kosten annehmen',
  'The load is offered to him.': 'Die Ladung wird ihm angeboten.',
  'Ask the next one': 'Den nächsten fragen',
  'He is passed over.': 'Er wird übergangen.',
  '{choice} takes the load that {offered} has. Who shall have it?':
    '{choice} nimmt die Ladung, die {offered} schon hat. Wer soll sie bekommen?',
  'The new carrier': 'Der neue Frachtführer',
  'It stays as it is.': 'Es bleibt, wie es ist.',
  'The late one': 'Der verspätete',
  'The shipment is his; whoever has it now must be told by phone.':
    'Die Sendung ist seine; wer sie jetzt hat, muss angerufen werden.',
  '{carrier} does not answer the cancellation. Call him: does he know?':
    '{carrier} antwortet nicht auf die Absage. Bitte anrufen: Weiß er es?',
  'The carrier': 'Der Frachtführer',
  'He knows': 'Er weiß es',
  'The load is offered to the next carrier. Both may come.':
    'Die Ladung wird dem nächsten Frachtführer angeboten. Es können beide kommen.',
  'Keep him': 'Ihn behalten',
  'He has the load as before.': 'Er hat die Ladung wie vorher.',
  'No carrier takes shipment {references}. What is to be done?':
    'Kein Frachtführer nimmt Sendung {references}. Was soll geschehen?',
  'Offer it to another carrier': 'Einem anderen Frachtführer anbieten',
  'That carrier is offered the load.': 'Dieser Frachtführer bekommt die Ladung angeboten.',
  Carrier: 'Frachtführer',
  'Our own vehicle': 'Eigenes Fahrzeug',
  'Nobody else is asked.': 'Niemand sonst wird gefragt.',
  'Plan it anew': 'Neu planen',
  'Nobody else is asked; whoever plans changes the promise.':
    'Niemand sonst wird gefragt; wer plant, ändert die Zusage.',
  'Give it up': 'Aufgeben',
  'What was booked for the claim is taken back.': 'Was für die Reklamation gebucht wurde, wird zurückgenommen.',
  'Claim {key} is not answered. What now?': 'Reklamation {key} ist nicht beantwortet. Was nun?',
  'Nobody says that claim {key} has arrived. Call them: do they have it?':
    'Niemand sagt, dass Reklamation {key} angekommen ist. Bitte anrufen: Liegt sie vor?',
  'They have it': 'Sie liegt vor',
  'Their answer is awaited.': 'Die Antwort wird erwartet.',
  'The answer to claim {key}: {answerOf}. Accept it?': 'Die Antwort auf Reklamation {key}: {answerOf}. Annehmen?',
  none: 'keine',
  'Accept it': 'Annehmen',
  'What they will pay is awaited.': 'Erwartet wird, was sie zahlen.',
  'Ask for more': 'Mehr verlangen',
  'They are asked for a better answer.': 'Eine bessere Antwort wird verlangt.',
  'Claim {key} must be filed by {fileBy}, or it is lost.':
    'Reklamation {key} muss bis {fileBy} eingereicht sein, sonst ist sie verloren.',
  'a day that nobody knows': 'zu einem Tag, den niemand kennt,',
  'Send it now': 'Jetzt senden',
  'It is booked and sent.': 'Sie wird gebucht und gesendet.',
  'Drop it': 'Fallen lassen',
  'Nobody is asked to pay.': 'Niemand soll zahlen.',
  'Claim {key} was accepted and nothing has come. What now?':
    'Reklamation {key} wurde angenommen, und nichts ist gekommen. Was nun?',
  'Remind them': 'Erinnern',
  'Take it off what we owe': 'Von dem abziehen, was wir schulden',
  'The ERP takes it off an invoice of theirs.': 'Das ERP zieht es von einer ihrer Rechnungen ab.',
  'Write it off': 'Ausbuchen',
  'Nothing more is asked of them.': 'Es wird nichts mehr von ihnen verlangt.',
  'Claim {key} ({type}, against a {against}). Send it?': 'Reklamation {key} ({type}, gegen: {against}). Senden?',
  'Send it': 'Senden',
  'It is booked and sent, with the changes in the data.':
    'Sie wird gebucht und gesendet, mit den Änderungen in den Angaben.',
  'pickup {plannedPickup}': 'Abholung {plannedPickup}',
  'he does not say which': 'er sagt nicht, welche',
  'Accept the conditions': 'Bedingungen annehmen',
  'The load is his, at the time and the price that he names.':
    'Die Ladung ist seine, zu der Zeit und dem Preis, die er nennt.',
  'Decline them': 'Ablehnen',
  'The offer is taken back from him, and the next carrier is asked.':
    'Das Angebot an ihn wird zurückgenommen, und der nächste Frachtführer wird gefragt.',
  'It is done': 'Es ist erledigt',
  'Somebody did it there by hand: the process goes on.': 'Jemand hat es dort von Hand getan: Der Vorgang geht weiter.',
  'Go on without it': 'Ohne das weitermachen',
  'The process goes on as if it were done.': 'Der Vorgang geht weiter, als wäre es erledigt.',
  'It is there': 'Es ist dort',
  'The process goes on.': 'Der Vorgang geht weiter.',
  'Abandon it': 'Aufgeben',
  'The process goes on without it.': 'Der Vorgang geht ohne das weiter.',
  '{command} was refused. Repair the cause and send it again from the ledger, or say what is to happen.':
    '„{command}“ wurde abgelehnt. Die Ursache beheben und aus dem Hauptbuch noch einmal senden, oder sagen, was geschehen soll.',
  'Nobody knows whether {command} was done. Look there, send it again from the ledger if it is missing, or say what is true.':
    'Niemand weiß, ob „{command}“ ausgeführt wurde. Dort nachsehen, aus dem Hauptbuch noch einmal senden, wo es fehlt, oder sagen, was wahr ist.',
  'No route leads {command} anywhere, so nobody was told. Do it there by hand and say so, or say what is to happen; a route counts for the next ones.':
    'Für „{command}“ gibt es keinen Weg, also hat es niemand erfahren. Dort von Hand erledigen und das sagen, oder sagen, was geschehen soll; ein Weg gilt für die nächsten.',
  Wait: 'Warten',
}
