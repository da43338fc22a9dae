/** What people are asked about purchases and their receipts, in German, by what the hub says in English; braces stand for what was found. */
export const germanReceipts: Readonly<Record<string, string>> = {
  'Only this line of the receipt': 'Nur diese Position des Wareneingangs',
  'Only this lot': 'Nur diese Charge',
  'Only this much of it, in its unit': 'Nur so viel davon, in seiner Einheit',
  'The supplier answers order {key} otherwise than it was placed. Accept it?':
    'Der Lieferant bestätigt Bestellung {key} anders, als sie aufgegeben wurde. Annehmen?',
  Accept: 'Annehmen',
  'The order in the ERP becomes what the supplier says.': 'Die Bestellung im ERP wird, wie der Lieferant sagt.',
  Refuse: 'Ablehnen',
  'The supplier is told to answer anew.': 'Der Lieferant soll neu antworten.',
  'Cancel the lines': 'Positionen stornieren',
  'Lines that differ are taken out of the order.': 'Abweichende Positionen werden aus der Bestellung genommen.',
  'Receipt {branchKey} was begun and is not finished. Is it still being counted?':
    'Wareneingang {branchKey} wurde begonnen und ist nicht fertig. Wird noch gezählt?',
  'It is no receipt': 'Es ist kein Wareneingang',
  'Nothing of it is posted.': 'Nichts davon wird gebucht.',
  'Receipt {branchKey} is booked, and its warehouse says by now that other quantities came. What is booked?':
    'Wareneingang {branchKey} ist gebucht, und sein Lager sagt inzwischen, dass andere Mengen kamen. Was wird gebucht?',
  'The difference was booked by hand. What was counted last counts for the order.':
    'Die Differenz wurde von Hand gebucht. Für die Bestellung zählt, was zuletzt gezählt wurde.',
  'The books stay as they are. What was counted last counts for the order.':
    'Die Bücher bleiben, wie sie sind. Für die Bestellung zählt, was zuletzt gezählt wurde.',
  'The goods of notice {branchKey} are at the dock and nobody has counted them. Why?':
    'Die Ware von Avis {branchKey} ist am Tor, und niemand hat sie gezählt. Warum?',
  'Nothing came': 'Nichts kam',
  'The notice is closed without a receipt.': 'Das Avis wird ohne Wareneingang geschlossen.',
  'Order {key} is late: not all of it has come. What is to be done?':
    'Bestellung {key} ist verspätet: nicht alles ist gekommen. Was soll geschehen?',
  'Agree another date': 'Anderen Tag vereinbaren',
  'It is awaited until that day.': 'Bis zu diesem Tag wird gewartet.',
  'When it will come': 'Wann sie kommt',
  Expedite: 'Beschleunigen',
  'Cancel the remainder': 'Den Rest stornieren',
  'ERP and supplier are told that the rest is not wanted.':
    'ERP und Lieferant erfahren, dass der Rest nicht mehr gewünscht ist.',
  'No dock is booked for the goods of notice {branchKey}. When may they come?':
    'Für die Ware von Avis {branchKey} ist kein Tor gebucht. Wann darf sie kommen?',
  'They may come without': 'Sie darf ohne kommen',
  'The goods are awaited without an appointment.': 'Die Ware wird ohne Termin erwartet.',
  'The goods of notice {branchKey} should be here. Where are they?':
    'Die Ware von Avis {branchKey} sollte hier sein. Wo ist sie?',
  'They do not come': 'Sie kommt nicht',
  'The dock is given back and the notice closed.': 'Das Tor wird frei und das Avis geschlossen.',
  'The supplier has not answered order {key}. Call him: will he send it?':
    'Der Lieferant hat auf Bestellung {key} nicht geantwortet. Bitte anrufen: Wird er liefern?',
  'He will': 'Er wird',
  'The goods are awaited.': 'Die Ware wird erwartet.',
  'Cancel the order': 'Bestellung stornieren',
  'ERP and supplier are told.': 'ERP und Lieferant erfahren es.',
  'The goods of receipt {branchKey} are not in their bins. Where are they?':
    'Die Ware von Wareneingang {branchKey} ist nicht in ihren Fächern. Wo ist sie?',
  'They are in their place': 'Sie ist an ihrem Platz',
  'The receipt is done.': 'Der Wareneingang ist fertig.',
  'That is more of receipt {branchKey} than is held, or of several lines at once. Which line, and how much of it?':
    'Das ist mehr von Wareneingang {branchKey}, als gesperrt ist, oder von mehreren Positionen zugleich. Welche Position, und wie viel davon?',
  'Goods of receipt {branchKey} are held. May they be used?':
    'Ware von Wareneingang {branchKey} ist gesperrt. Darf sie verwendet werden?',
  Release: 'Freigeben',
  'The goods may be used; what is not named stays held.':
    'Die Ware darf verwendet werden; was nicht genannt ist, bleibt gesperrt.',
  'Back to the supplier': 'Zurück zum Lieferanten',
  'The goods go back and a claim is opened; what is not named stays held.':
    'Die Ware geht zurück, und eine Reklamation beginnt; was nicht genannt ist, bleibt gesperrt.',
  Scrap: 'Verschrotten',
  'The goods are destroyed and a claim is opened; what is not named stays held.':
    'Die Ware wird vernichtet, und eine Reklamation beginnt; was nicht genannt ist, bleibt gesperrt.',
  'Receipt {branchKey} does not agree with order {key}. What is to become of it?':
    'Wareneingang {branchKey} stimmt nicht mit Bestellung {key} überein. Was soll daraus werden?',
  'All that came is booked.': 'Gebucht wird alles, was kam.',
  'Refuse what is over': 'Ablehnen, was zu viel ist',
  'Only what was ordered and is whole is booked.': 'Gebucht wird nur, was bestellt und heil ist.',
  'Return it': 'Zurückgeben',
  'It is booked, what is wrong goes back, and a claim is opened.':
    'Es wird gebucht, das Falsche geht zurück, und eine Reklamation beginnt.',
  'Accept and claim': 'Annehmen und reklamieren',
  'It is booked and the supplier is asked to pay.': 'Es wird gebucht, und der Lieferant soll zahlen.',
  'It is of another order': 'Er gehört zu einer anderen Bestellung',
  'It is booked to that order.': 'Er wird zu dieser Bestellung gebucht.',
  'Number of the purchase order': 'Nummer der Bestellung',
  'Receipt {branchKey} was taken back after it was booked. Were goods of it used meanwhile?':
    'Wareneingang {branchKey} wurde zurückgenommen, nachdem er gebucht war. Wurde inzwischen Ware davon verwendet?',
  No: 'Nein',
  'Nothing more is to be done.': 'Es ist nichts weiter zu tun.',
  'Yes, and it is corrected': 'Ja, und es ist berichtigt',
  'A correction of stock was booked by hand.': 'Eine Bestandskorrektur wurde von Hand gebucht.',
  'Receipt {attachedGoods} was attached to order {key}, which is not known here. Is the number right?':
    'Wareneingang {attachedGoods} wurde Bestellung {key} zugeordnet, die hier nicht bekannt ist. Stimmt die Nummer?',
  'It is right': 'Sie stimmt',
  'The order is waited for, and counts the goods when it comes; if it does not, it is asked again.':
    'Auf die Bestellung wird gewartet; sie zählt die Ware, wenn sie kommt. Kommt sie nicht, wird wieder gefragt.',
  'It was wrong, and is corrected': 'Sie war falsch und ist berichtigt',
  'The receipt was booked to the right order by hand: nothing waits for this one.':
    'Der Wareneingang wurde von Hand zur richtigen Bestellung gebucht: auf diese wartet nichts mehr.',
  'Receipt {branchKey} has no purchase order. What is to become of the goods?':
    'Zu Wareneingang {branchKey} gibt es keine Bestellung. Was soll aus der Ware werden?',
  'Attach it to an order': 'Einer Bestellung zuordnen',
  'Keep it apart': 'Getrennt aufbewahren',
  'It is booked without an order, to blocked stock.': 'Er wird ohne Bestellung in den Sperrbestand gebucht.',
  'Refuse it': 'Ablehnen',
  'Nothing is booked; the goods go back.': 'Nichts wird gebucht; die Ware geht zurück.',
  'the goods came all the same': 'Die Ware kam trotzdem',
}
