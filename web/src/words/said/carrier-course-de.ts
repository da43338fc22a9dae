/** States, steps and timers of the reassignment of carriers, with how long timers last and what can be wanted by hand, in German, by what the hub says in English. */
export const germanCarrierCourse: Readonly<Record<string, string>> = {
  'What was done is taken back where that is possible.': 'Was getan wurde, wird zurückgenommen, wo das möglich ist.',
  'It goes on by version {newest} of its definition; it began by version {version}.':
    'Er geht nach Fassung {newest} seiner Definition weiter; begonnen hat er nach Fassung {version}.',
  'The old carrier has the word.': 'Der alte Frachtführer weiß es.',
  'the cancellation': 'die Absage',
  'A person calls him.': 'Jemand ruft ihn an.',
  'The conditions of the carrier are accepted or declined.':
    'Die Bedingungen des Frachtführers sind angenommen oder abgelehnt.',
  'his answer': 'seine Antwort',
  'The control tower shows it, and it is waited for again.':
    'Der Leitstand zeigt es, und es wird wieder darauf gewartet.',
  'Somebody has the load.': 'Jemand hat die Ladung.',
  'the planned pickup': 'die geplante Abholung',
  'The control tower shows the load as uncovered.': 'Der Leitstand zeigt die Ladung als unversorgt.',
  'The old label is void.': 'Das alte Etikett ist ungültig.',
  'the acceptance': 'die Annahme',
  'The control tower shows it.': 'Der Leitstand zeigt es.',
  'The carrier answers.': 'Der Frachtführer antwortet.',
  'the offer': 'das Angebot',
  'The offer expires, and the next carrier is asked.':
    'Das Angebot läuft ab, und der nächste Frachtführer wird gefragt.',
  'Where the load stands is looked at.': 'Es wird geprüft, wie es um die Ladung steht.',
  'a carrier has the goods': 'ein Frachtführer hat die Ware',
  'its carrier will not come': 'ihr Frachtführer kommt nicht',
  'it is offered to a carrier': 'sie ist einem Frachtführer angeboten',
  'A planner has offered the load to a carrier. His answer is awaited.':
    'Ein Disponent hat die Ladung einem Frachtführer angeboten. Seine Antwort wird erwartet.',
  'he does not take it': 'er nimmt sie nicht',
  'he takes it': 'er nimmt sie',
  'he would take it on conditions': 'er würde sie unter Bedingungen nehmen',
  'he has not answered in time': 'er hat nicht rechtzeitig geantwortet',
  'A carrier would take the load on conditions. Whoever has offered it to him decides; his time to answer is over.':
    'Ein Frachtführer würde die Ladung unter Bedingungen nehmen. Wer sie ihm angeboten hat, entscheidet; seine Zeit zu antworten ist vorbei.',
  'he has it': 'er hat sie',
  'he takes it as it is': 'er nimmt sie, wie sie ist',
  'he does not have it': 'er hat sie nicht',
  'he names other conditions': 'er nennt andere Bedingungen',
  'the conditions are accepted': 'die Bedingungen sind angenommen',
  'the conditions are declined': 'die Bedingungen sind abgelehnt',
  'whoever planned it has not decided': 'wer sie geplant hat, hat nicht entschieden',
  'The carrier hears that his conditions are accepted, with the load as it is now.':
    'Der Frachtführer erfährt, dass seine Bedingungen angenommen sind, mit der Ladung, wie sie jetzt ist.',
  'it is his, as the first one': 'sie ist seine, als dem ersten',
  'it is his, instead of another': 'sie ist seine, statt eines anderen',
  'The offer is taken back from the carrier whose conditions were declined.':
    'Das Angebot an den Frachtführer, dessen Bedingungen abgelehnt sind, wird zurückgenommen.',
  'somebody else is asked': 'jemand anders wird gefragt',
  'The carrier who will not come is told that the load is his no longer. One who declined or let it expire needs no word.':
    'Der Frachtführer, der nicht kommt, erfährt, dass die Ladung nicht mehr seine ist. Wer ablehnte oder die Frist verstreichen ließ, braucht kein Wort.',
  'a person keeps the old carrier': 'jemand behält den alten Frachtführer',
  'he is told, or a person assumes so': 'er weiß es, oder jemand nimmt es an',
  'The next carrier of the routing guide is looked for.': 'Der nächste Frachtführer der Rangfolge wird gesucht.',
  'there is no routing guide: whoever plans deals with it': 'es gibt keine Rangfolge: wer plant, kümmert sich',
  'nobody is left to ask': 'niemand bleibt zu fragen',
  'he costs too much to decide alone': 'er kostet zu viel, um allein zu entscheiden',
  'he may have it': 'er darf sie haben',
  'The next carrier is dearer than the policy allows: a person decides.':
    'Der nächste Frachtführer ist teurer, als die Regel erlaubt: ein Mensch entscheidet.',
  'the cost is accepted': 'die Kosten sind angenommen',
  'The load is offered to the carrier chosen.': 'Die Ladung wird dem gewählten Frachtführer angeboten.',
  'The offer is over, and the carrier is told so.': 'Das Angebot ist vorbei, und der Frachtführer erfährt es.',
  'The load is his: the shipment names him, and the label of the other carrier is void.':
    'Die Ladung ist seine: die Sendung nennt ihn, und das Etikett des anderen ist ungültig.',
  'all of it is done': 'alles davon ist getan',
  'Nobody is left to ask: a person finds a carrier or another plan.':
    'Niemand bleibt zu fragen: ein Mensch findet einen Frachtführer oder einen anderen Plan.',
  'a carrier from outside the guide is offered it': 'sie wird einem Frachtführer außerhalb der Rangfolge angeboten',
  'nobody said who': 'niemand hat gesagt, wem',
  'it is planned otherwise': 'es wird anders geplant',
  'An offer is open that nobody wants any more: it was called off, or another carrier has the goods. He is told.':
    'Ein Angebot ist offen, das niemand mehr will: es wurde abgesagt, oder ein anderer hat die Ware. Er erfährt es.',
  'he is told': 'er weiß es',
  'It stays as it was: a carrier has the goods, or a person decided so.':
    'Es bleibt, wie es war: ein Frachtführer hat die Ware, oder jemand hat so entschieden.',
  'Another carrier has the load, or it is planned otherwise. Should he not come either, it begins anew.':
    'Ein anderer Frachtführer hat die Ladung, oder es wird anders geplant. Kommt auch er nicht, beginnt es von vorn.',
  'the new carrier will not come either': 'auch der neue Frachtführer kommt nicht',
  'a carrier takes the load after it was given to another':
    'ein Frachtführer nimmt die Ladung, nachdem sie ein anderer bekam',
  'Two carriers want the load: the one who came late is told that it is not his, and a person looks.':
    'Zwei Frachtführer wollen die Ladung: der spätere erfährt, dass sie nicht seine ist, und ein Mensch sieht nach.',
  'he shall have it after all': 'er soll sie doch haben',
  'he knows that it is not his': 'er weiß, dass sie nicht seine ist',
  '2 h before': '2 h vorher',
  'what the planner said; else 60 min, and at most a third of the time to the pickup':
    'was der Disponent sagte; sonst 60 min, und höchstens ein Drittel der Zeit bis zur Abholung',
  '30 d': '30 Tage',
  '120 d': '120 Tage',
  'by contract or law': 'nach Vertrag oder Gesetz',
  '5 d before its last day': '5 Tage vor dem letzten Tag',
  '60 d': '60 Tage',
  '15 d': '15 Tage',
  '45 d': '45 Tage',
  '5 d': '5 Tage',
  '10 d': '10 Tage',
  '517 d': '517 Tage',
  '3 working days (finance)': '3 Arbeitstage (Finanzabteilung)',
  '180 d': '180 Tage',
  '4 h of business time (order-desk)': '4 h Geschäftszeit (Auftragsannahme)',
  '4 h before': '4 h vorher',
  '4 h of business time (warehouse)': '4 h Geschäftszeit (Lager)',
  '1 d after the expected day, 7 d where none was named':
    '1 Tag nach dem erwarteten Tag, 7 Tage, wo keiner genannt war',
  '24 h before': '24 h vorher',
  '2 working days (supplier)': '2 Arbeitstage (Lieferant)',
  '4 working days (supplier)': '4 Arbeitstage (Lieferant)',
  '1 working day (customer-service)': '1 Arbeitstag (Kundendienst)',
  '14 d': '14 Tage',
  '21 d': '21 Tage',
  '2 working days (warehouse)': '2 Arbeitstage (Lager)',
}
