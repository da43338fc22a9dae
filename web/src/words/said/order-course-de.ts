/** States, steps and timers of orders, in German, by what the hub says in English. */
export const germanOrderCourse: Readonly<Record<string, string>> = {
  'The warehouse says that it has the order.': 'Das Lager sagt, dass es den Auftrag hat.',
  'the release': 'die Freigabe',
  'A person calls it.': 'Jemand ruft es an.',
  'Stock answers for every line.': 'Der Bestand antwortet für jede Position.',
  'the question': 'die Frage',
  'A person looks whether the items are known.': 'Jemand prüft, ob die Artikel bekannt sind.',
  'Every delivery is withdrawn.': 'Jede Lieferung ist zurückgezogen.',
  'A person decides whether it ships.': 'Jemand entscheidet, ob geliefert wird.',
  'The order is corrected.': 'Der Auftrag ist berichtigt.',
  'the check': 'die Prüfung',
  'The task is late. It is never rejected by itself.': 'Die Aufgabe ist überfällig. Abgelehnt wird nie von selbst.',
  'A delivery is made.': 'Eine Lieferung ist angelegt.',
  'the allocation': 'die Zuteilung',
  'A person looks.': 'Jemand sieht nach.',
  'the end of the planned time': 'das Ende der geplanten Zeit',
  'A person promises another time, or hurries.': 'Jemand sagt eine andere Zeit zu, oder beeilt sich.',
  'The hold is over.': 'Die Sperre ist vorbei.',
  'the hold': 'die Sperre',
  'The books say that the goods have left.': 'Die Bücher sagen, dass die Ware abgegangen ist.',
  'the confirmation': 'die Bestätigung',
  'It is shown as a posting that is late, and waited for again.':
    'Es wird als verspätete Buchung gezeigt, und es wird wieder gewartet.',
  'The order is closed.': 'Der Auftrag ist abgeschlossen.',
  'the last step': 'der letzte Schritt',
  'A person looks, once all of it has left.': 'Jemand sieht nach, sobald alles abgegangen ist.',
  'Stock has come.': 'Bestand ist gekommen.',
  'the shortage': 'die Fehlmenge',
  'A person keeps or cancels it.': 'Jemand lässt ihn warten oder storniert ihn.',
  'Master data and stock say what could be shipped instead.':
    'Stammdaten und Bestand sagen, was stattdessen geliefert werden könnte.',
  'It is decided with what is known.': 'Es wird mit dem entschieden, was bekannt ist.',
  'The warehouse begins.': 'Das Lager beginnt.',
  'It is shown to the warehouse.': 'Es wird dem Lager gezeigt.',
  'Stock has come when it was promised.': 'Bestand kam, als er zugesagt war.',
  'the promise': 'die Zusage',
  'Another promise is made.': 'Eine andere Zusage wird gemacht.',
  'The warehouse is told.': 'Das Lager weiß es.',
  'the delivery': 'die Lieferung',
  'The warehouse says something new.': 'Das Lager sagt etwas Neues.',
  'its last word': 'sein letztes Wort',
  'The dock has a time, and the carrier knows when to come.':
    'Das Tor hat eine Zeit, und der Frachtführer weiß, wann er kommen soll.',
  'The warehouse has packed it, so that labels can be made.':
    'Das Lager hat gepackt, sodass Etiketten gemacht werden können.',
  'the choice of the carrier': 'die Wahl des Frachtführers',
  'Carriers say what it costs.': 'Frachtführer sagen, was es kostet.',
  'The cheapest one that is known is taken; where there is none a person chooses.':
    'Der billigste bekannte wird genommen; wo es keinen gibt, wählt ein Mensch.',
  'Channel, ERP and customer know.': 'Kanal, ERP und Kunde wissen es.',
  'the departure': 'der Abgang',
  'It is shown; a parcel whose number nobody knows is waited for no longer.':
    'Es wird gezeigt; auf ein Packstück, dessen Nummer niemand kennt, wird nicht mehr gewartet.',
  'A carrier has taken the load.': 'Ein Frachtführer hat die Ladung genommen.',
  'A person looks for one. Until then it is offered along the routing guide where carrier-reassignment does that.':
    'Jemand sucht einen. Bis dahin wird sie nach der Rangfolge angeboten, wo carrier-reassignment das tut.',
  'The carrier has made the label.': 'Der Frachtführer hat das Etikett gemacht.',
  'It is shown as a shipment without a tracking number, and waited for again.':
    'Es wird als Sendung ohne Sendungsnummer gezeigt, und es wird wieder gewartet.',
  'What was booked is taken back.': 'Was gebucht war, ist zurückgenommen.',
  'What was ordered is checked.': 'Was bestellt ist, wird geprüft.',
  'it is rejected': 'er ist abgelehnt',
  'somebody holds it': 'jemand hält ihn an',
  'something is wrong with it': 'etwas daran stimmt nicht',
  'it can be shipped as it is': 'er kann geliefert werden, wie er ist',
  'its own system decides what is shipped': 'sein eigenes System entscheidet, was geliefert wird',
  'Something is wrong with it that a person can correct.': 'Etwas daran stimmt nicht, das ein Mensch berichtigen kann.',
  'it is corrected': 'er ist berichtigt',
  'a person rejects it': 'jemand lehnt ihn ab',
  'a person has looked, and it is still wrong': 'jemand hat nachgesehen, und er stimmt noch nicht',
  'Somebody holds it: credit, fraud, export, or by hand. Nothing is promised meanwhile.':
    'Jemand hält ihn an: Kredit, Betrug, Ausfuhr oder von Hand. Bis dahin wird nichts zugesagt.',
  'it is released': 'er ist freigegeben',
  'Stock is asked for each line. What is there is held; what is not waits in the queue of the item.':
    'Der Bestand wird für jede Position gefragt. Was da ist, wird gehalten; was nicht, wartet in der Schlange des Artikels.',
  'a delivery exists': 'es gibt eine Lieferung',
  'it was changed': 'er wurde geändert',
  'all of it is held, or as much as may leave alone': 'alles ist reserviert, oder so viel, wie allein abgehen darf',
  'nothing may leave yet': 'noch darf nichts abgehen',
  'Nothing of it may leave: stock is missing, and it ships complete or has nothing at all.':
    'Nichts davon darf abgehen: Bestand fehlt, und er wird nur vollständig geliefert oder hat gar nichts.',
  'stock has come': 'Bestand ist gekommen',
  'What is held becomes firm, and a delivery is made of it: by the hub, or by the system that owns the orders.':
    'Was gehalten ist, wird fest, und eine Lieferung entsteht daraus: durch den Hub, oder durch das System, dem die Aufträge gehören.',
  'it was changed, and a warehouse has goods of it in its hands':
    'er wurde geändert, und ein Lager hat Ware davon in der Hand',
  'somebody holds it, and a warehouse has goods of it in its hands':
    'jemand hält ihn an, und ein Lager hat Ware davon in der Hand',
  'The system that owns the orders decides what is shipped: its word is followed.':
    'Das System, dem die Aufträge gehören, entscheidet, was geliefert wird: ihm wird gefolgt.',
  'it is delivered': 'er ist zugestellt',
  'Deliveries are under way.': 'Lieferungen sind unterwegs.',
  'a hold is over in spite of which it shipped': 'eine Sperre ist vorbei, trotz der geliefert wurde',
  'stock has come for what waited: it gets a delivery of its own':
    'Bestand kam für das, was wartete: es bekommt eine eigene Lieferung',
  'every delivery has left or is withdrawn, and no line waits':
    'jede Lieferung ist abgegangen oder zurückgezogen, und keine Position wartet',
  'every delivery was withdrawn': 'jede Lieferung wurde zurückgezogen',
  'It was changed while deliveries are under way, and a warehouse has goods of it in its hands: a person decides before it is told anything.':
    'Er wurde geändert, während Lieferungen unterwegs sind, und ein Lager hat Ware davon in der Hand: ein Mensch entscheidet, bevor es etwas erfährt.',
  'goods have left already: it ships': 'Ware ist schon abgegangen: er wird geliefert',
  'a person lets it ship': 'jemand lässt ihn liefern',
  'a person withdraws it, or nothing of it is in anybody’s hands':
    'jemand zieht ihn zurück, oder niemand hat etwas davon in der Hand',
  'It was changed while deliveries are under way: they are withdrawn.':
    'Er wurde geändert, während Lieferungen unterwegs sind: sie werden zurückgezogen.',
  'every delivery is withdrawn': 'jede Lieferung ist zurückgezogen',
  'Somebody holds it while deliveries are under way, and a warehouse has goods of it in its hands: a person decides before it is told anything.':
    'Jemand hält ihn an, während Lieferungen unterwegs sind, und ein Lager hat Ware davon in der Hand: ein Mensch entscheidet, bevor es etwas erfährt.',
  'the hold is over': 'die Sperre ist vorbei',
  'Somebody holds it while deliveries are under way: they are withdrawn.':
    'Jemand hält ihn an, während Lieferungen unterwegs sind: sie werden zurückgezogen.',
  'All of it has left. It closes when it is delivered.':
    'Alles davon ist abgegangen. Er wird abgeschlossen, wenn er zugestellt ist.',
  'something has to be shipped after all': 'es ist doch noch etwas zu liefern',
  'What was done is taken back, the last first. What a warehouse has already may have to ship after all.':
    'Was getan wurde, wird zurückgenommen, das Letzte zuerst. Was ein Lager schon hat, muss vielleicht doch geliefert werden.',
  'all of it is taken back': 'alles ist zurückgenommen',
  'A person has rejected it: whoever ordered is told.': 'Jemand hat ihn abgelehnt: der Besteller erfährt es.',
  'it is said': 'es ist gesagt',
  'It is called off, and all of it is taken back.': 'Er ist storniert, und alles ist zurückgenommen.',
  'It will not be shipped.': 'Er wird nicht geliefert.',
  'All of it is delivered.': 'Alles davon ist zugestellt.',
  'a goods issue was taken back': 'ein Warenausgang wurde storniert',
  'The promise is computed from receipts that are confirmed.': 'Die Zusage wird aus bestätigten Zugängen berechnet.',
  'the promise is made': 'die Zusage ist gemacht',
  'It waits for receipts, released holds, and what others give back.':
    'Sie wartet auf Zugänge, aufgehobene Sperren und was andere zurückgeben.',
  'the line is no longer ordered': 'die Position ist nicht mehr bestellt',
  'stock is there for all of it': 'für alles ist Bestand da',
  'a person cancels the rest': 'jemand storniert den Rest',
  'a person keeps it waiting, the time is another one, or its place was lost':
    'jemand lässt sie warten, die Zeit ist eine andere, oder ihr Platz ging verloren',
  'it has no place in the queue any more': 'sie hat keinen Platz mehr in der Schlange',
  'Its reservation expired or was refused: it is asked for anew.':
    'Ihre Reservierung lief ab oder wurde abgelehnt: sie wird neu angefragt.',
  'stock answers': 'der Bestand antwortet',
  'The rest is given up: its place in the queue is given back.':
    'Der Rest ist aufgegeben: sein Platz in der Schlange wird frei.',
  'it is given back': 'er ist frei',
  'Stock is held for all of it. A count or a reversal may take it away again.':
    'Für alles davon ist Bestand reserviert. Eine Zählung oder ein Storno kann ihn wieder nehmen.',
  'stock is not there after all': 'der Bestand ist doch nicht da',
  'Nothing more is shipped of the line.': 'Von der Position wird nichts mehr geliefert.',
}
