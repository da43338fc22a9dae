/** States, steps and timers of the settlement of freight, in German, by what the hub says in English. */
export const germanFreightCourse: Readonly<Record<string, string>> = {
  'Freight audit decides.': 'Die Frachtprüfung entscheidet.',
  'the comparison': 'der Vergleich',
  'All loads of the invoice are settled.': 'Alle Ladungen der Rechnung sind abgerechnet.',
  'the invoice': 'die Rechnung',
  'A person sees which ones are not.': 'Jemand sieht, welche es nicht sind.',
  'The goods have left.': 'Die Ware ist abgegangen.',
  'the booking': 'die Buchung',
  'It is shown, and waited for again.': 'Es wird gezeigt, und es wird wieder gewartet.',
  'Others have done what they were told.': 'Andere haben getan, was sie sollten.',
  'What shows that the transport happened is here.': 'Was zeigt, dass der Transport stattfand, ist da.',
  'the match': 'der Abgleich',
  'The carrier has sent his invoice.': 'Der Frachtführer hat seine Rechnung gesendet.',
  'the posting': 'die Buchung im ERP',
  'It is listed as not invoiced.': 'Es steht in der Liste des nicht Berechneten.',
  'The carrier has sent his invoice at last.': 'Der Frachtführer hat seine Rechnung endlich gesendet.',
  'Finance decides whether it is taken back.': 'Die Finanzabteilung entscheidet, ob sie aufgelöst wird.',
  'What was put aside for the load is known.': 'Was für die Ladung zurückgestellt war, ist bekannt.',
  'A person looks for the load.': 'Jemand sucht die Ladung.',
  'Invoices of the load are settled one by one.': 'Rechnungen der Ladung werden eine nach der anderen abgerechnet.',
  'The price is known; it is put aside when the goods leave, in the period in which they do.':
    'Der Preis ist bekannt; er wird zurückgestellt, wenn die Ware abgeht, in der Periode, in der sie es tut.',
  'another carrier has the load, or nothing is shipped':
    'ein anderer Frachtführer hat die Ladung, oder nichts wird geliefert',
  'the warehouse confirms what it costs: the standing rule has posted it':
    'das Lager bestätigt die Kosten: die feste Regel hat es gebucht',
  'the goods have left': 'die Ware ist abgegangen',
  'they are late': 'sie ist verspätet',
  'The ERP puts the money aside.': 'Das ERP stellt das Geld zurück.',
  'it is in the books': 'es steht in den Büchern',
  'The money is put aside. The invoice of the carrier is awaited.':
    'Das Geld ist zurückgestellt. Die Rechnung des Frachtführers wird erwartet.',
  'an invoice has taken its place': 'eine Rechnung ist an ihre Stelle getreten',
  'the price is another one': 'der Preis ist ein anderer',
  'a person takes it back': 'jemand nimmt es zurück',
  'a person keeps it': 'jemand behält es',
  'The price is another one: the books are changed by the difference. In other money, what is there is taken back and the new price put aside: money of two kinds is never set off.':
    'Der Preis ist ein anderer: die Bücher ändern sich um die Differenz. In anderer Währung wird zurückgenommen, was da ist, und der neue Preis zurückgestellt: verschiedene Währungen werden nie verrechnet.',
  'What was put aside is taken back, once.': 'Was zurückgestellt war, wird zurückgenommen, einmal.',
  'The invoice has taken its place: nothing of it is left.':
    'Die Rechnung ist an ihre Stelle getreten: nichts davon ist übrig.',
  'It is taken back.': 'Es ist zurückgenommen.',
  'It was never put aside.': 'Es war nie zurückgestellt.',
  'the carrier has the load after all, or it is shipped':
    'der Frachtführer hat die Ladung doch, oder sie wird geliefert',
  'The invoice is looked at by itself: do its charges add up, and was it sent before?':
    'Die Rechnung wird für sich geprüft: stimmen ihre Summen, und kam sie schon einmal?',
  'the carrier took it back': 'der Frachtführer nahm sie zurück',
  'the carrier names another load': 'der Frachtführer nennt eine andere Ladung',
  'the carrier asks for what was settled before': 'der Frachtführer verlangt, was schon abgerechnet war',
  'the carrier asks for what was not paid before': 'der Frachtführer verlangt, was nicht bezahlt wurde',
  'it is wrong in itself': 'sie ist in sich falsch',
  'it was sent before': 'sie kam schon einmal',
  'it may be compared': 'sie kann verglichen werden',
  'What was put aside for the load is looked for; an invoice may come before the goods have left.':
    'Gesucht wird, was für die Ladung zurückgestellt war; eine Rechnung kann kommen, bevor die Ware abging.',
  'the invoice over several loads is paid as it was before':
    'die Rechnung über mehrere Ladungen wird bezahlt, wie sie vorher war',
  'the invoice over several loads is paid without this load':
    'die Rechnung über mehrere Ladungen wird ohne diese Ladung bezahlt',
  'the invoice over several loads is not paid': 'die Rechnung über mehrere Ladungen wird nicht bezahlt',
  'the carrier corrects it': 'der Frachtführer berichtigt sie',
  'it is found, or it changes one that was': 'es ist gefunden, oder sie ändert eine, die es war',
  'the load turns out to be a delivery of another number': 'die Ladung ist eine Lieferung mit anderer Nummer',
  'a person knows the load': 'jemand kennt die Ladung',
  'nobody knows the load': 'niemand kennt die Ladung',
  'The load is known by the number of a delivery: the invoice is settled under that one.':
    'Die Ladung ist unter der Nummer einer Lieferung bekannt: die Rechnung wird unter dieser abgerechnet.',
  'it is not settled there': 'sie wird dort nicht abgerechnet',
  'What shows that the transport happened is awaited, as the policy wants.':
    'Erwartet wird, was zeigt, dass der Transport stattfand, wie die Regel es will.',
  'it happened, and what was put aside is in the books':
    'er fand statt, und was zurückgestellt war, steht in den Büchern',
  'a person pays without': 'jemand zahlt ohne',
  'there was a dispute about it before: the carrier is told that it is not paid':
    'es gab vorher eine Beanstandung: der Frachtführer erfährt, dass sie nicht bezahlt wird',
  'it was not delivered': 'es wurde nicht zugestellt',
  'Contract, accrual and invoice are compared charge by charge, then in total.':
    'Vertrag, Rückstellung und Rechnung werden Posten für Posten verglichen, dann insgesamt.',
  'it is close enough, or less than was put aside': 'es ist nahe genug, oder weniger als zurückgestellt war',
  'it is too much, or in other money': 'es ist zu viel, oder in anderer Währung',
  'The carrier asks for more than was put aside, or nobody can tell: freight audit decides.':
    'Der Frachtführer verlangt mehr, als zurückgestellt war, oder niemand kann es sagen: die Frachtprüfung entscheidet.',
  'it is approved as it is': 'sie wird freigegeben, wie sie ist',
  'what was put aside is other money: nobody can say how much of this it is':
    'die Rückstellung ist in anderer Währung: niemand kann sagen, wie viel davon das ist',
  'only what was put aside is paid': 'bezahlt wird nur, was zurückgestellt war',
  'the carrier is told': 'der Frachtführer weiß es',
  'it is the credit note by which a dispute ended': 'es ist die Gutschrift, mit der eine Beanstandung endete',
  'it fits by now: more was put aside, it was told anew, or another invoice is not paid':
    'es passt inzwischen: mehr war zurückgestellt, sie kam neu, oder eine andere Rechnung wird nicht bezahlt',
  'An objection that version 2 of this process has sent: from now on a process of its own follows it.':
    'Ein Einspruch, den Fassung 2 dieses Vorgangs gesendet hat: ab jetzt verfolgt ihn ein eigener Vorgang.',
  'it is written down': 'es ist festgehalten',
  'It is written down what is in doubt. The process freight-dispute sends it to the carrier and says how it ends.':
    'Festgehalten ist, was strittig ist. Der Vorgang freight-dispute sendet es dem Frachtführer und sagt, wie es ausgeht.',
  'what is paid is agreed on': 'worauf sich beide einigten, wird bezahlt',
  'it is still open': 'es ist noch offen',
  'The accrual becomes what is paid, and the ERP books the invoice, once per number of the carrier.':
    'Die Rückstellung wird, was bezahlt wird, und das ERP bucht die Rechnung, einmal je Nummer des Frachtführers.',
  'the carrier asks for something else with the invoice over several loads':
    'der Frachtführer verlangt mit der Rechnung über mehrere Ladungen etwas anderes',
  'the invoice over several loads is not decided yet':
    'über die Rechnung über mehrere Ladungen ist noch nicht entschieden',
  'The carrier is told why it is not paid (824, APERAK).':
    'Der Frachtführer erfährt, warum sie nicht bezahlt wird (824, APERAK).',
  'It is in the books and will be paid.': 'Sie steht in den Büchern und wird bezahlt.',
  'It is not paid.': 'Sie wird nicht bezahlt.',
  'the carrier asks for something else under the same number':
    'der Frachtführer verlangt unter derselben Nummer etwas anderes',
  'It was sent before: kept, linked, and never paid.': 'Sie kam schon einmal: aufbewahrt, verknüpft und nie bezahlt.',
  'the other one is not paid': 'die andere wird nicht bezahlt',
  'The carrier names another load: it is settled there.':
    'Der Frachtführer nennt eine andere Ladung: sie wird dort abgerechnet.',
  'he names this load again': 'er nennt wieder diese Ladung',
  'A corrected invoice of the carrier takes its place.':
    'Eine berichtigte Rechnung des Frachtführers tritt an ihre Stelle.',
  'the carrier took the corrected one back': 'der Frachtführer nahm die berichtigte zurück',
  'The carrier took it back.': 'Der Frachtführer nahm sie zurück.',
  'The carrier asks for something else under the number of an invoice that is approved: a person looks.':
    'Der Frachtführer verlangt unter der Nummer einer freigegebenen Rechnung etwas anderes: ein Mensch sieht nach.',
  'it is as it was approved after all': 'es ist doch, wie es freigegeben wurde',
  'a person has looked': 'jemand hat nachgesehen',
  'he asks for something else again': 'er verlangt wieder etwas anderes',
  'Nothing is open about it.': 'Nichts daran ist offen.',
  'the carrier asks for something else': 'der Frachtführer verlangt etwas anderes',
  'Its loads are settled one by one; nothing is paid before all of them are.':
    'Ihre Ladungen werden eine nach der anderen abgerechnet; nichts wird bezahlt, bevor alle es sind.',
  'it is for one load by now': 'sie ist inzwischen für eine Ladung',
  'small differences add up, or it asks for what is no load':
    'kleine Differenzen summieren sich, oder sie verlangt etwas für keine Ladung',
  'all loads are settled': 'alle Ladungen sind abgerechnet',
  'Small differences of many loads come to more than is tolerated, or money is asked for no load: freight audit decides.':
    'Kleine Differenzen vieler Ladungen ergeben mehr, als geduldet wird, oder es wird Geld für keine Ladung verlangt: die Frachtprüfung entscheidet.',
  'it is approved': 'sie ist freigegeben',
  'only the loads are paid': 'nur die Ladungen werden bezahlt',
  'The ERP books the invoice once, with what is paid for all loads together.':
    'Das ERP bucht die Rechnung einmal, mit dem, was für alle Ladungen zusammen bezahlt wird.',
  'the carrier asks again for what was refused before': 'der Frachtführer verlangt wieder, was abgelehnt war',
  'It is for one load by now: it is settled there.': 'Sie ist inzwischen für eine Ladung: sie wird dort abgerechnet.',
  'it is for several loads again': 'sie ist wieder für mehrere Ladungen',
}
