/** States, steps and timers of deliveries of orders and their transport, in German, by what the hub says in English. */
export const germanDeliveryCourse: Readonly<Record<string, string>> = {
  'It exists; the warehouse has not been told.': 'Sie ist angelegt; das Lager weiß noch nichts.',
  released: 'freigegeben',
  acknowledged: 'bestätigt',
  picking: 'wird kommissioniert',
  picked: 'kommissioniert',
  packed: 'gepackt',
  staged: 'bereitgestellt',
  goods_issued: 'Ware ausgegangen',
  cancelled: 'storniert',
  'it is late': 'sie ist verspätet',
  'The warehouse may begin, and has not said that it has the order.':
    'Das Lager darf beginnen und hat nicht gesagt, dass es den Auftrag hat.',
  created: 'angelegt',
  'a person has called the warehouse': 'jemand hat das Lager angerufen',
  'a person has dealt with the delay': 'jemand hat sich um die Verspätung gekümmert',
  'The warehouse has it and has not begun.': 'Das Lager hat sie und hat nicht begonnen.',
  'Goods are being taken from their places.': 'Ware wird von ihren Plätzen geholt.',
  'Goods are being packed.': 'Ware wird gepackt.',
  'Packages wait for the carrier.': 'Packstücke warten auf den Frachtführer.',
  'The warehouse says that the goods have left. The goods issue is posted by the standing rule; the books have not said so yet.':
    'Das Lager sagt, dass die Ware abgegangen ist. Den Warenausgang bucht die feste Regel; die Bücher haben es noch nicht gesagt.',
  'The goods have left, and the books say so.': 'Die Ware ist abgegangen, und die Bücher sagen es.',
  'the warehouse says that something else has left': 'das Lager sagt, dass etwas anderes abgegangen ist',
  'The books say that other quantities have left than the warehouse says by now: finance decides what is booked.':
    'Die Bücher sagen, dass andere Mengen abgingen, als das Lager inzwischen sagt: die Finanzabteilung entscheidet, was gebucht wird.',
  'the difference is booked': 'die Differenz wird gebucht',
  'it is taken back and booked anew': 'es wird zurückgenommen und neu gebucht',
  'the books stay as they are': 'die Bücher bleiben, wie sie sind',
  'the warehouse says what is booked after all': 'das Lager sagt doch, was gebucht ist',
  'the warehouse says something else again, or it is late':
    'das Lager sagt wieder etwas anderes, oder es ist verspätet',
  'What left less is taken back, and what left more is issued.':
    'Was weniger abging, wird zurückgenommen, und was mehr abging, wird ausgebucht.',
  'The goods issue is taken back as it was booked.': 'Der Warenausgang wird storniert, wie er gebucht war.',
  'The goods issue is booked with what left.': 'Der Warenausgang wird mit dem gebucht, was abging.',
  'The warehouse has picked less than it should: policy or a person says what becomes of the rest.':
    'Das Lager hat weniger kommissioniert, als es sollte: Regel oder Mensch sagt, was aus dem Rest wird.',
  'all of it was found after all, or the delivery or the order is withdrawn':
    'alles wurde doch gefunden, oder Lieferung oder Auftrag ist zurückgezogen',
  'the warehouse says something else': 'das Lager sagt etwas anderes',
  'the warehouse says that it ships the rest later': 'das Lager sagt, dass es den Rest später liefert',
  'the rest is shipped when it is there': 'der Rest wird geliefert, wenn er da ist',
  'the rest is not shipped': 'der Rest wird nicht geliefert',
  'what could be shipped instead is not known yet, or what was wanted cannot be':
    'was stattdessen geliefert werden könnte, ist noch nicht bekannt, oder das Gewünschte geht nicht',
  'something else is shipped for it': 'etwas anderes wird dafür geliefert',
  'nothing more is shipped of the other lines': 'von den anderen Positionen wird nichts mehr geliefert',
  'nothing more is shipped of any line': 'von keiner Position wird noch etwas geliefert',
  'Master data is asked what may be sent instead.':
    'Die Stammdaten werden gefragt, was stattdessen gesendet werden darf.',
  'it has answered, or does not in time': 'sie haben geantwortet, oder tun es nicht rechtzeitig',
  'Stock is asked where how much is free of what could be shipped.':
    'Der Bestand wird gefragt, wo wie viel frei ist von dem, was stattdessen geliefert werden könnte.',
  'Stock is asked for what is shipped instead, under names of its own.':
    'Der Bestand wird um das gebeten, was stattdessen geliefert wird, unter eigenen Namen.',
  'it does not have all of it, or something is not decided yet':
    'er hat nicht alles davon, oder etwas ist noch nicht entschieden',
  'it is held': 'es ist reserviert',
  'Something else is held for what was not found. What was found leaves first.':
    'Für das nicht Gefundene ist etwas anderes reserviert. Was gefunden wurde, geht zuerst ab.',
  'the rest of it has left': 'der Rest davon ist abgegangen',
  'What was not found is given up, and deliveries are made of what is held instead; what waits for stock gets one when it is there.':
    'Was nicht gefunden wurde, ist aufgegeben, und aus dem Ersatz entstehen Lieferungen; was auf Bestand wartet, bekommt eine, wenn er da ist.',
  'the order is called off': 'der Auftrag ist storniert',
  'the delivery of what was shipped instead is withdrawn': 'die Lieferung des Ersatzes ist zurückgezogen',
  'all of it is held': 'alles davon ist reserviert',
  'it has waited for stock for long': 'sie wartet lange auf Bestand',
  'Something else is shipped for all that was not found.': 'Für alles nicht Gefundene wird etwas anderes geliefert.',
  'The warehouse ships the rest later under the same delivery: nobody else does.':
    'Das Lager liefert den Rest später mit derselben Lieferung: niemand sonst tut es.',
  'it has not come for long': 'er ist lange nicht gekommen',
  'What was found leaves first: until then the warehouse may find the rest, or correct its stock.':
    'Was gefunden wurde, geht zuerst ab: bis dahin kann das Lager den Rest finden oder seinen Bestand berichtigen.',
  'it is late, or a person goes on waiting': 'es ist verspätet, oder jemand wartet weiter',
  'What was found leaves; the rest is given up.': 'Was gefunden wurde, geht ab; der Rest ist aufgegeben.',
  'The rest gets a delivery of its own when stock has it.':
    'Der Rest bekommt eine eigene Lieferung, wenn Bestand da ist.',
  'Nothing more is shipped of what was missing.': 'Vom Fehlenden wird nichts mehr geliefert.',
  'Nothing is missing.': 'Nichts fehlt.',
  'something is missing': 'etwas fehlt',
  'Whether anything is to be arranged.': 'Ob etwas zu regeln ist.',
  'it has left already, or will not be shipped': 'sie ist schon abgegangen, oder wird nicht geliefert',
  'it is to be shipped': 'sie soll geliefert werden',
  'A shipment is made for it, so that whatever others report under its numbers is about this one.':
    'Für sie entsteht eine Sendung, damit alles, was andere unter ihren Nummern melden, von dieser handelt.',
  'it is planned': 'sie ist geplant',
  'A carrier is chosen: the first of the routing guide whose price is agreed, else the cheapest that may have it.':
    'Ein Frachtführer wird gewählt: der erste der Rangfolge, dessen Preis vereinbart ist, sonst der billigste, der sie haben darf.',
  'the delivery is withdrawn': 'die Lieferung ist zurückgezogen',
  'a carrier is chosen: its label is made when it is packed':
    'ein Frachtführer ist gewählt: sein Etikett entsteht, wenn gepackt ist',
  'a carrier is chosen: a label is made': 'ein Frachtführer ist gewählt: ein Etikett entsteht',
  'a carrier is chosen: he is offered the load': 'ein Frachtführer ist gewählt: ihm wird die Ladung angeboten',
  'it is arranged elsewhere': 'es ist anderswo geregelt',
  'carriers are asked again': 'die Frachtführer werden noch einmal gefragt',
  'The carrier is chosen. His label is made when the weights are known.':
    'Der Frachtführer ist gewählt. Sein Etikett entsteht, wenn die Gewichte bekannt sind.',
  'it is packed, and weighs another amount than was said': 'sie ist gepackt und wiegt etwas anderes als angegeben',
  'it is packed': 'sie ist gepackt',
  'Carriers are asked once more for what it really weighs.':
    'Die Frachtführer werden noch einmal nach dem wirklichen Gewicht gefragt.',
  'it is too dear, another service, or nobody answers': 'es ist zu teuer, ein anderer Dienst, oder niemand antwortet',
  'the price is good': 'der Preis ist gut',
  'The price or the service is another one than was agreed to: a person decides.':
    'Preis oder Dienst ist ein anderer als vereinbart: ein Mensch entscheidet.',
  'it is accepted': 'es ist angenommen',
  'a person chooses: its label is made when it is packed': 'ein Mensch wählt: sein Etikett entsteht, wenn gepackt ist',
  'a person chooses: a label is made': 'ein Mensch wählt: ein Etikett entsteht',
  'a person chooses: he is offered the load': 'ein Mensch wählt: ihm wird die Ladung angeboten',
  'The carrier makes the label.': 'Der Frachtführer macht das Etikett.',
  'it is made': 'es ist gemacht',
  'The load is offered to the carrier.': 'Die Ladung wird dem Frachtführer angeboten.',
  'it is offered': 'sie ist angeboten',
  'His answer is awaited. Where he declines or does not answer, carrier-reassignment offers it along its routing guide, if the tenant has that process.':
    'Seine Antwort wird erwartet. Wo er ablehnt oder nicht antwortet, bietet carrier-reassignment sie nach seiner Rangfolge an, wenn der Mandant diesen Vorgang hat.',
  'a carrier has taken it': 'ein Frachtführer hat sie genommen',
  'a person names another carrier': 'jemand nennt einen anderen Frachtführer',
  'The carrier would take the load on conditions: at another time, for another price. A person decides.':
    'Der Frachtführer würde die Ladung unter Bedingungen nehmen: zu anderer Zeit, zu anderem Preis. Ein Mensch entscheidet.',
  'he takes it as it is, or it is offered to another':
    'er nimmt sie, wie sie ist, oder sie wird einem anderen angeboten',
  'the load is his, for the price that he asks': 'die Ladung ist seine, zu dem Preis, den er verlangt',
  'The offer is taken back from him. carrier-reassignment offers it along its routing guide, if the tenant has that process.':
    'Das Angebot an ihn wird zurückgenommen. carrier-reassignment bietet sie nach seiner Rangfolge an, wenn der Mandant diesen Vorgang hat.',
  'The load is his.': 'Die Ladung ist seine.',
  'The carrier has the order, and the hub knows its numbers.':
    'Der Frachtführer hat den Auftrag, und der Hub kennt seine Nummern.',
  'Where the policy wants it, the dock gives a time and the carrier is asked to come.':
    'Wo die Regel es will, gibt das Tor eine Zeit, und der Frachtführer wird gebeten zu kommen.',
  'all is arranged': 'alles ist geregelt',
  'a person goes on without': 'jemand macht ohne weiter',
  'a person has called': 'jemand hat angerufen',
  'The carrier is awaited; he gets his list when all is packed.':
    'Der Frachtführer wird erwartet; er bekommt seine Liste, wenn alles gepackt ist.',
  'another carrier has it now': 'ein anderer Frachtführer hat sie jetzt',
  'The goods have left: channel, ERP and customer are told.':
    'Die Ware ist abgegangen: Kanal, ERP und Kunde erfahren es.',
  'the carrier tells the numbers of the label': 'der Frachtführer nennt die Nummern des Etiketts',
  'all know': 'alle wissen es',
  'It will not be shipped: the carrier is told.': 'Sie wird nicht geliefert: der Frachtführer erfährt es.',
  'Pickup, dock time and label are taken back, the last first.':
    'Abholung, Torzeit und Etikett werden zurückgenommen, das Letzte zuerst.',
  'a carrier has the goods all the same: they are followed':
    'ein Frachtführer hat die Ware trotzdem: sie wird verfolgt',
  'all is taken back': 'alles ist zurückgenommen',
  'Nothing is booked any more. Where a carrier scans it all the same, it is followed.':
    'Nichts ist mehr gebucht. Scannt ein Frachtführer sie trotzdem, wird sie verfolgt.',
  'The hub arranges nothing: it had left, or was withdrawn, before the hub knew of it.':
    'Der Hub regelt nichts: sie war abgegangen oder zurückgezogen, bevor der Hub von ihr wusste.',
  'The goods are on their way, and everybody knows. Numbers that come later are told, too.':
    'Die Ware ist unterwegs, und alle wissen es. Nummern, die später kommen, werden auch gemeldet.',
  'The label was made after the goods had left, or its answer came late: its numbers are those of the shipment.':
    'Das Etikett entstand, nachdem die Ware abging, oder seine Antwort kam spät: seine Nummern sind die der Sendung.',
}
