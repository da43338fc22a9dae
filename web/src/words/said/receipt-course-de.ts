/** States, steps and timers of purchases and their receipts, in German, by what the hub says in English. */
export const germanReceiptCourse: Readonly<Record<string, string>> = {
  'Everybody knows.': 'Alle wissen es.',
  'The control tower shows what is not confirmed.': 'Der Leitstand zeigt, was nicht bestätigt ist.',
  'A time at the dock is confirmed.': 'Eine Zeit am Tor ist bestätigt.',
  'the notice': 'das Avis',
  'Receiving finds a time.': 'Der Wareneingang findet eine Zeit.',
  'The announced goods are here.': 'Die angekündigte Ware ist hier.',
  'the expected day, or the last decision to wait': 'der erwartete Tag, oder die letzte Entscheidung zu warten',
  'A person asks where they are.': 'Jemand fragt, wo sie ist.',
  'The ship notice is here before the goods.': 'Das Avis ist vor der Ware da.',
  'the day when the order is due': 'der Tag, an dem die Bestellung fällig ist',
  'The supplier is asked for it.': 'Der Lieferant wird darum gebeten.',
  'The receipt is counted to the end.': 'Der Wareneingang ist fertig gezählt.',
  'the first word of it': 'die erste Meldung davon',
  'The goods are counted, or in their bins.': 'Die Ware ist gezählt, oder in ihren Fächern.',
  'the arrival, or the posting': 'die Ankunft, oder die Buchung',
  'A person looks which step waits.': 'Jemand sieht nach, welcher Schritt wartet.',
  'All of the order is here.': 'Alles von der Bestellung ist hier.',
  'the confirmation, where no day is due': 'die Bestätigung, wo kein Tag fällig ist',
  'A buyer decides.': 'Ein Einkäufer entscheidet.',
  'The vehicle comes in its window.': 'Das Fahrzeug kommt in seinem Zeitfenster.',
  'the end of the window': 'das Ende des Zeitfensters',
  'The dock is free again, and the carrier is asked.': 'Das Tor ist wieder frei, und der Frachtführer wird gefragt.',
  'The order that a notice or a receipt names is known.':
    'Die Bestellung, die ein Avis oder Wareneingang nennt, ist bekannt.',
  'The notice is refused, and goods that came are for a person.':
    'Das Avis wird abgelehnt, und gekommene Ware ist für einen Menschen.',
  'The supplier answers the order.': 'Der Lieferant bestätigt die Bestellung.',
  'the order': 'die Bestellung',
  'The supplier answers the order at last.': 'Der Lieferant bestätigt die Bestellung endlich.',
  'A buyer calls him.': 'Ein Einkäufer ruft ihn an.',
  'The control tower shows the backlog; the ledger goes on.':
    'Der Leitstand zeigt den Rückstand; das Hauptbuch macht weiter.',
  'A notice or a receipt came, and the order that it names did not: it is waited for a while.':
    'Ein Avis oder Wareneingang kam, und die genannte Bestellung nicht: eine Weile wird auf sie gewartet.',
  'the order is known': 'die Bestellung ist bekannt',
  'a person attached goods to it, and nobody knows it': 'jemand ordnete ihr Ware zu, und niemand kennt sie',
  'nobody ordered it': 'niemand hat sie bestellt',
  'No order is known. Goods that came are for a person; notices are refused.':
    'Keine Bestellung ist bekannt. Gekommene Ware ist für einen Menschen; Avise werden abgelehnt.',
  'the order came': 'die Bestellung kam',
  'a person attached goods to it': 'jemand ordnete ihr Ware zu',
  'A person attached goods to this order, and nobody knows it: is the number right?':
    'Jemand ordnete dieser Bestellung Ware zu, und niemand kennt sie: stimmt die Nummer?',
  'a person corrected it, or the warehouse took the goods back':
    'jemand hat sie berichtigt, oder das Lager nahm die Ware zurück',
  'a person says that it will come': 'jemand sagt, dass sie kommt',
  'The supplier has the order and has not answered it. A notice or goods are an answer too.':
    'Der Lieferant hat die Bestellung und hat nicht geantwortet. Auch ein Avis oder Ware ist eine Antwort.',
  'the buyer closed it': 'der Einkäufer hat sie geschlossen',
  'the answer is not what was ordered': 'die Antwort ist nicht, was bestellt war',
  'it is confirmed, or goods are on their way': 'sie ist bestätigt, oder Ware ist unterwegs',
  'a person knows that they will come': 'jemand weiß, dass sie kommt',
  'a person gives it up': 'jemand gibt sie auf',
  'The supplier will send something else, at another price or on another day: a buyer decides.':
    'Der Lieferant sendet etwas anderes, zu anderem Preis oder an anderem Tag: ein Einkäufer entscheidet.',
  'the buyer decided': 'der Einkäufer hat entschieden',
  'the order was changed so that it fits': 'die Bestellung wurde geändert, sodass es passt',
  'ERP and supplier are told what the buyer decided about the answer.':
    'ERP und Lieferant erfahren, was der Einkäufer über die Antwort entschied.',
  'the supplier has to answer anew': 'der Lieferant muss neu antworten',
  'the order is changed': 'die Bestellung ist geändert',
  'Goods are to come, with a notice or without.': 'Ware soll kommen, mit Avis oder ohne.',
  'an answer of the supplier is not what was ordered': 'eine Antwort des Lieferanten ist nicht, was bestellt war',
  'all of it has come and is in its place': 'alles ist gekommen und an seinem Platz',
  'a person gives the rest up': 'jemand gibt den Rest auf',
  'What has not come is called off with the ERP and the supplier.':
    'Was nicht kam, wird bei ERP und Lieferant abbestellt.',
  'both know': 'beide wissen es',
  'All of it has come. A receipt that is taken back opens it again.':
    'Alles ist gekommen. Ein zurückgenommener Wareneingang öffnet sie wieder.',
  'a receipt was taken back, or more was ordered': 'ein Wareneingang wurde zurückgenommen, oder mehr wurde bestellt',
  'What had not come was called off. What came is dealt with receipt by receipt.':
    'Was nicht gekommen war, ist abbestellt. Was kam, wird Wareneingang für Wareneingang behandelt.',
  'The buyer expects nothing more.': 'Der Einkäufer erwartet nichts mehr.',
  'The notice is compared with the order. Without the order it waits for it.':
    'Das Avis wird mit der Bestellung verglichen. Ohne die Bestellung wartet es auf sie.',
  'the supplier took it back': 'der Lieferant nahm es zurück',
  'the goods are here already': 'die Ware ist schon hier',
  'it does not fit the order': 'es passt nicht zur Bestellung',
  'it fits the order': 'es passt zur Bestellung',
  'The supplier is told everything that is wrong with the notice.':
    'Der Lieferant erfährt alles, was am Avis falsch ist.',
  'The supplier has to send another notice. Goods that come anyhow are received against the order.':
    'Der Lieferant muss ein anderes Avis senden. Kommt Ware trotzdem, wird sie zur Bestellung vereinnahmt.',
  'it was replaced, or the order was': 'es wurde ersetzt, oder die Bestellung wurde es',
  'The goods are on their way: a time at the dock is asked for, and the vehicle is awaited.':
    'Die Ware ist unterwegs: um eine Zeit am Tor wird gebeten, und das Fahrzeug wird erwartet.',
  'the vehicle or the goods are here': 'das Fahrzeug oder die Ware ist hier',
  'the vehicle did not come in its window': 'das Fahrzeug kam nicht in seinem Zeitfenster',
  'Nobody came in the window: the dock is free again, the carrier is asked when he comes.':
    'Niemand kam im Zeitfenster: das Tor ist wieder frei, der Frachtführer wird gefragt, wann er kommt.',
  'another time was agreed': 'eine andere Zeit wurde vereinbart',
  'The goods are at the dock and are being counted.': 'Die Ware ist am Tor und wird gezählt.',
  'the warehouse counted them': 'das Lager hat sie gezählt',
  'a person says that nothing of it will be counted': 'jemand sagt, dass nichts davon gezählt wird',
  'a person says that it takes longer': 'jemand sagt, dass es länger dauert',
  'The goods do not come: the time at the dock is given back.': 'Die Ware kommt nicht: die Zeit am Tor wird frei.',
  'the dock is free': 'das Tor ist frei',
  'Nothing of this notice is awaited. Goods that come anyhow are received against the order.':
    'Von diesem Avis wird nichts erwartet. Kommt Ware trotzdem, wird sie zur Bestellung vereinnahmt.',
  'The goods were counted; what became of them is with the receipt.':
    'Die Ware wurde gezählt; was aus ihr wurde, steht beim Wareneingang.',
  'The warehouse counts. Without the order the receipt waits for it.':
    'Das Lager zählt. Ohne die Bestellung wartet der Wareneingang auf sie.',
  'the warehouse took it back': 'das Lager nahm ihn zurück',
  'it is not what was ordered and announced': 'es ist nicht, was bestellt und angekündigt war',
  'it fits': 'es passt',
  'a person says that it is no receipt': 'jemand sagt, dass es kein Wareneingang ist',
  'Goods came that nobody ordered: a person decides.': 'Es kam Ware, die niemand bestellt hat: ein Mensch entscheidet.',
  'no order was named': 'keine Bestellung war genannt',
  'they are kept': 'sie wird behalten',
  'they go back': 'sie geht zurück',
  'the order came after all': 'die Bestellung kam doch',
  'Not what was ordered and announced: the goods stay where they are until a person decides. Time limits of claims run.':
    'Nicht, was bestellt und angekündigt war: die Ware bleibt, wo sie ist, bis ein Mensch entscheidet. Reklamationsfristen laufen.',
  'in another unit than was ordered nobody can say how much is over':
    'in anderer Einheit als bestellt kann niemand sagen, wie viel zu viel ist',
  'a person decided': 'jemand hat entschieden',
  'it belongs to another order': 'er gehört zu einer anderen Bestellung',
  'order, notice or receipt were changed so that it fits, or another receipt is not kept':
    'Bestellung, Avis oder Wareneingang wurde geändert, sodass es passt, oder ein anderer Wareneingang wird nicht behalten',
  'the warehouse counted it anew, and it does not fit either':
    'das Lager hat ihn neu gezählt, und auch das passt nicht',
  'The ERP books the receipt, once per receipt number.':
    'Das ERP bucht den Wareneingang, einmal je Wareneingangsnummer.',
  'nothing is left to be booked': 'es bleibt nichts zu buchen',
  'it is booked, and somebody has to look at the goods': 'er ist gebucht, und jemand muss die Ware ansehen',
  'Some of the goods may not be used until quality has looked at them. It may decide about a part: the others stay held.':
    'Ein Teil der Ware darf erst verwendet werden, wenn die Qualität sie geprüft hat. Sie darf über einen Teil entscheiden: der andere bleibt gesperrt.',
  'more than is held, or nobody knows of which line': 'mehr als gesperrt ist, oder niemand weiß, von welcher Position',
  'a part of them is decided, the others stay held': 'über einen Teil ist entschieden, der andere bleibt gesperrt',
  'they may be used': 'sie darf verwendet werden',
  'they may not be used, or some of them not': 'sie darf nicht verwendet werden, oder ein Teil nicht',
  'Goods that failed go back to the supplier or are destroyed, and the supplier is asked to pay.':
    'Durchgefallene Ware geht zum Lieferanten zurück oder wird vernichtet, und der Lieferant soll zahlen.',
  'they are gone, and the others go to their bins': 'sie ist weg, und die andere geht in ihre Fächer',
  'they are gone': 'sie ist weg',
  'The goods go from the dock to their bins.': 'Die Ware geht vom Tor in ihre Fächer.',
  'the warehouse counted it anew after it was booked': 'das Lager hat ihn neu gezählt, nachdem er gebucht war',
  'they are in their place': 'sie ist an ihrem Platz',
  'Booked and in its place.': 'Gebucht und an seinem Platz.',
  'The warehouse counts other quantities than are booked: a person corrects the books, or leaves them.':
    'Das Lager zählt andere Mengen, als gebucht sind: ein Mensch berichtigt die Bücher oder lässt sie.',
  'it is counted as it was booked after all': 'es ist doch gezählt, wie es gebucht wurde',
  'it is counted anew once more': 'es wird noch einmal neu gezählt',
  'The warehouse took back what is booked. The ledger of stock posts the reversal; a person looks whether goods were used meanwhile.':
    'Das Lager nahm zurück, was gebucht ist. Das Bestandsbuch bucht das Storno; ein Mensch prüft, ob inzwischen Ware verwendet wurde.',
  'a person looked': 'jemand sah nach',
  'Nothing is booked: the goods go back, or none were counted.':
    'Nichts ist gebucht: die Ware geht zurück, oder keine wurde gezählt.',
  'It was taken back: nothing of it counts.': 'Er wurde zurückgenommen: nichts davon zählt.',
  'the warehouse finished it after a person gave it up': 'das Lager stellte ihn fertig, nachdem ihn jemand aufgab',
  'They are followed where they came to: at another order, or without one.':
    'Sie wird verfolgt, wo sie hinkam: bei einer anderen Bestellung, oder ohne eine.',
  'the warehouse names this order when it puts them away': 'das Lager nennt diese Bestellung, wenn es sie einlagert',
  'They are in their bins: whoever follows them is told.': 'Sie ist in ihren Fächern: wer sie verfolgt, weiß es.',
}
