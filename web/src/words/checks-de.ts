/** What a check says in sentences; the hub declares them in English. */
export interface CheckSentences {
  readonly question: string
  readonly meaning: string
  readonly unknown: string
  readonly nextAction: string
}

/** Every business check in German, by its id; a test compares with the declarations. */
export const germanChecks: Readonly<Record<string, CheckSentences>> = {
  'acknowledgements-overdue': {
    question: 'Welche Dokumente haben Partner nicht rechtzeitig bestätigt?',
    meaning:
      'Niemand weiß, ob der Partner das Dokument hat: Ein Auftrag wird vielleicht nicht kommissioniert, eine Rechnung nicht bezahlt.',
    unknown: 'Es wurde kein Dokument an einen Partner gesendet.',
    nextAction: 'Den Partner fragen, ob das Dokument angekommen ist; wo nicht, noch einmal senden.',
  },
  'appointments-missed': {
    question: 'Welche Termine am Tor wurden in den letzten sieben Tagen versäumt?',
    meaning: 'Ein Tor stand leer, und was kommen oder gehen sollte, kam oder ging nicht.',
    unknown: 'Für die letzten sieben Tage wurde kein Termin vereinbart.',
    nextAction: 'Den Frachtführer fragen, wo das Fahrzeug ist, und einen anderen Termin geben.',
  },
  'certificates-expiring': {
    question: 'Welche Zertifikate von Partnern oder von uns enden bald oder sind abgelaufen?',
    meaning: 'Von dem Tag an wird mit dem Partner nichts mehr ausgetauscht.',
    unknown: 'Es liegt für niemanden ein Zertifikat vor.',
    nextAction: 'Das nächste Zertifikat besorgen, neben dem alten erklären und anwenden.',
  },
  'codes-unmapped': {
    question: 'Welche Nachrichten warten, weil einer ihrer Codes in keiner Tabelle steht?',
    meaning: 'Eine fehlende Übersetzung hält jede Nachricht auf, die den Code verwendet.',
    unknown: 'Nie: Ohne solche Nachrichten ist es null.',
    nextAction: 'Die Aufgabe entscheiden, die nach der Übersetzung fragt; die Nachrichten gehen von selbst weiter.',
  },
  'deliveries-late-to-ship': {
    question: 'Welche Lieferungen sollten das Lager schon verlassen haben?',
    meaning: 'Der geplante Zeitpunkt des Versands ist vorbei, und ein Warenausgang wurde nicht gemeldet.',
    unknown: 'Keine Lieferung ist offen.',
    nextAction: 'Das Lager fragen, was sie aufhält; den Frachtführer neu bestellen, wo die Abholung versäumt wurde.',
  },
  'event-completeness': {
    question: 'Welchen Sendungen, die in den letzten sieben Tagen zugestellt wurden, fehlt ein Teil ihrer Geschichte?',
    meaning:
      'Zu jeder Zustellung gehören Abholung, Transport und Ablieferbeleg. Ohne sie kann niemand einen Frachtführer messen oder eine Rechnung freigeben.',
    unknown: 'In den letzten sieben Tagen wurde nichts zugestellt.',
    nextAction: 'Den Frachtführer fragen, warum er diese Ereignisse nicht sendet; ihn abfragen oder sie vereinbaren.',
  },
  'exceptions-ageing': {
    question: 'Welche Ausnahmen von Sendungen sind länger als einen Tag offen?',
    meaning: 'An einer Ausnahme, die einen Tag offen ist, arbeitet meist niemand.',
    unknown: 'Es ist keine Sendung bekannt.',
    nextAction: 'In der Liste der Ausnahmen abarbeiten, die älteste zuerst.',
  },
  'freight-invoices-over-tolerance': {
    question: 'Welche Frachtrechnungen weichen stärker als geduldet von der Vereinbarung ab?',
    meaning: 'Sie werden nicht bezahlt, bis jemand sie freigibt oder beanstandet, und Zahlungsfristen laufen.',
    unknown: 'Keine Frachtrechnung ist offen.',
    nextAction: 'Die Beträge mit Vertrag und Rückstellung vergleichen; freigeben oder beim Frachtführer beanstanden.',
  },
  'inventory-deltas': {
    question: 'Bei welchen Beständen sind der Hub und ein anderes System uneins?',
    meaning:
      'Eines der Bücher stimmt nicht: Ware wird versprochen, die nicht da ist, oder nicht verkauft, die da ist. Jeder Artikel zählt je Platz, Zustand und Charge einmal, weil Mengen in verschiedenen Einheiten sich nicht addieren.',
    unknown: 'Bisher ist kein Vergleich abgeschlossen.',
    nextAction: 'Mit der Ursache beginnen, die am meisten erklärt; eine Korrektur vorschlagen oder neu zählen lassen.',
  },
  'invoices-blocked-pod': {
    question: 'Welche Rechnungen sind gesperrt, weil der Ablieferbeleg fehlt?',
    meaning: 'Die Ware ist da, das Geld nicht: Die Rechnung wird erst mit dem Beleg freigegeben.',
    unknown: 'Keine Rechnung wartet auf ihre Freigabe, aus welchem Grund auch immer.',
    nextAction: 'Den Frachtführer um den Ablieferbeleg bitten, oder einen anhängen und die Rechnung freigeben.',
  },
  'messages-parked': {
    question: 'Welche Nachrichten sind geparkt, und warum?',
    meaning: 'Was sie sagen, ist für niemanden geschehen, bis sie freigegeben, bearbeitet oder abgelehnt werden.',
    unknown: 'Nie: Ohne geparkte Nachrichten ist es null.',
    nextAction: 'Die Ursache der größten Gruppe beheben und sie als Ganzes freigeben.',
  },
  'messages-unaccounted': {
    question: 'Wie viele Nachrichten sind in keinem Zustand?',
    meaning:
      'Jede Nachricht ist verarbeitet, übergangen, abgelehnt, geparkt oder in Arbeit. Eine, die nichts davon ist, ist verloren.',
    unknown: 'Nie: Die Rechnung geht immer auf oder nicht.',
    nextAction:
      'Das ist ein Fehler des Hubs. Die Datenbank lassen, wie sie ist, und ihn mit der Ausgabe von interline doctor melden.',
  },
  'notifications-refused': {
    question: 'Welche Mitteilungen an Menschen hat ihr Kanal am letzten Tag abgelehnt?',
    meaning: 'Kunden oder Kollegen haben etwas nicht erfahren, das sie wissen sollten.',
    unknown: 'Am letzten Tag wurde niemandem etwas mitgeteilt.',
    nextAction: 'Lesen, was der Kanal gesagt hat; die Adresse oder die Einstellungen des Kanals berichtigen.',
  },
  'orders-awaiting-allocation': {
    question: 'Welche Aufträge warten darauf, dass Bestand zugeteilt wird?',
    meaning:
      'Was nicht zugeteilt ist, wird nicht kommissioniert: Das Versprechen an den Kunden läuft, und niemand arbeitet daran.',
    unknown: 'Kein Auftrag ist offen.',
    nextAction: 'Die Verfügbarkeit ansehen; von anderswo zuteilen, teilen oder dem Kunden einen anderen Termin nennen.',
  },
  'posting-lag': {
    question: 'Wie lange wartet die älteste Buchung, die unterwegs ist, nach Lager, Frachtführer und Region?',
    meaning: 'So weit sind die Bücher hinter dem, was geschehen ist.',
    unknown: 'Es war noch nie etwas zu buchen.',
    nextAction:
      'Nachsehen, ob das System langsam ist, geschlossen ist oder ablehnt; wessen Ware es betrifft, steht dabei.',
  },
  'postings-blocked': {
    question: 'Welche Buchungen wurden abgelehnt oder sind zweifelhaft?',
    meaning: 'Ein Mensch muss entscheiden; spätere Buchungen desselben Belegs warten dahinter.',
    unknown: 'Es war noch nie etwas zu buchen.',
    nextAction: 'Lesen, was das System gesagt hat, dort die Ursache beheben und die Buchung noch einmal senden.',
  },
  'postings-pending': {
    question: 'Welche Buchungen an ERP und andere Bücher sind nach einer Viertelstunde noch unterwegs?',
    meaning: 'Bestand und Geld in den Büchern weichen von dem ab, was geschehen ist.',
    unknown: 'Es war noch nie etwas zu buchen.',
    nextAction: 'Nachsehen, ob das System überhaupt Buchungen annimmt; seine Sicherung und sein Budget sagen es.',
  },
  'processes-overdue': {
    question: 'Welche Prozesse warten auf etwas, das schon geschehen sein sollte?',
    meaning: 'Der Schritt ist verspätet; der Prozess sagt es selbst, oder ein Mensch muss es tun.',
    unknown: 'Kein Prozess ist im Gange.',
    nextAction: 'Den Prozess öffnen: Dort steht, worauf er wartet und wer es schuldet.',
  },
  'promises-broken': {
    question: 'Welche Versprechen des Hubs findet das Orakel gebrochen?',
    meaning:
      'Rechenschaft über jede Nachricht, Lückenlosigkeit des Protokolls, Reihenfolge der Buchungen, Arbeit, die niemand tut: Jedes muss jederzeit halten.',
    unknown: 'Nie: Das Orakel sieht jede Minute nach.',
    nextAction:
      'Die Datenbank lassen, wie sie ist, und es melden: Die Protokollzeile oracleViolated nennt den Gegenstand.',
  },
  'receipts-with-discrepancy': {
    question:
      'Welche Bestellungen haben einen Wareneingang, der nicht zu Bestellung oder Avis passt, und niemand hat entschieden?',
    meaning: 'Die Ware ist weder verkäuflich noch zurückgesandt, und der Lieferant erfährt es nicht.',
    unknown: 'Keine Bestellung ist unterwegs.',
    nextAction: 'Die Aufgabe des Wareneingangs entscheiden: annehmen, zurücksenden oder beim Lieferanten reklamieren.',
  },
  'returns-not-credited': {
    question: 'Welche Retouren sind angekommen und nicht gutgeschrieben?',
    meaning: 'Die Ware ist zurück, der Kunde wartet auf sein Geld.',
    unknown: 'Keine Retoure ist offen.',
    nextAction: 'Die Ware prüfen lassen, entscheiden, was aus ihr wird, und die Gutschrift erteilen.',
  },
  'shipments-without-tracking': {
    question: 'Welche Sendungen sind gebucht oder unterwegs und haben keine Sendungsnummer?',
    meaning:
      'Niemand kann sie verfolgen: Der Kunde erfährt nichts, und ein Verlust fällt erst auf, wenn sich jemand beschwert.',
    unknown: 'Keine Sendung ist unterwegs, also gibt es nichts zu sagen.',
    nextAction: 'Frachtführer oder Lager nach der Nummer fragen, oder das Etikett noch einmal senden.',
  },
  'stale-feeds': {
    question: 'Aus welchen Anbindungen kam länger nichts als üblich oder vereinbart?',
    meaning:
      'Stille ist keine Ruhe: Ein Strom, der endete, sieht aus wie ein Tag ohne Ereignisse. Vereinbart ist, was der Partner erklärt (sla.quietDays); üblich ist die längste Pause der letzten vier Wochen und ein Tag mehr.',
    unknown: 'Keine Anbindung hat bisher einen Takt: An weniger als fünf Tagen kam etwas, und vereinbart ist nichts.',
    nextAction: 'Den Partner fragen, ob er sendet; Zugangsdaten, Ordner und abgelehnte Nachrichten ansehen.',
  },
  'subscribers-behind': {
    question: 'Welche Webhooks konnten seit einer Stunde nicht zugestellt werden?',
    meaning: 'Systeme anderer wissen nicht, was geschehen ist.',
    unknown: 'Es wurde noch nie jemandem etwas gesendet.',
    nextAction:
      'Den Abonnenten fragen, ob seine Tür funktioniert; das Abonnement sagt, was er zuletzt geantwortet hat.',
  },
  'sync-drift': {
    question: 'Bei welchen Belegen sind unser Ledger und die Bücher eines anderen Systems uneins?',
    meaning: 'Etwas ist doppelt, gar nicht oder von jemand anderem gebucht: Die Systeme driften auseinander.',
    unknown: 'Seit diese Instanz läuft, wurden die Bücher keines Systems verglichen.',
    nextAction:
      'Jeden mit interline reconcile ansehen: in den Büchern berichtigen oder die Buchung noch einmal senden.',
  },
  'tasks-overdue': {
    question: 'Welche Aufgaben wurden nicht rechtzeitig entschieden?',
    meaning: 'Etwas steht still, bis ein Mensch entscheidet.',
    unknown: 'Nie: Ohne Aufgaben ist nichts überfällig.',
    nextAction: 'Entscheiden, die älteste zuerst, oder jemandem geben, der es kann.',
  },
  'transport-receipts-missing': {
    question: 'Von welchen Dokumenten beweist keine Quittung, dass der Partner sie hat?',
    meaning:
      'Die Nachricht ist vielleicht nie oder verändert angekommen: Beim Partner arbeitet niemand daran, und eine Bestätigung wird nicht kommen.',
    unknown: 'Es wurde kein Dokument an einen Partner gesendet.',
    nextAction:
      'Verspätet: den Partner fragen oder das Dokument noch einmal senden, was dieselbe Nachricht unter derselben Message-ID wiederholt. Abgelehnt oder anderer Prüfwert: den Grund lesen, ihn mit dem Partner beheben und dann noch einmal senden.',
  },
}
