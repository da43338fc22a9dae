/** Why a decision, a wish about a process, stock or a contract is refused, in German, by what the hub says in English. */
export const germanWork: Readonly<Record<string, string>> = {
  'Task is closed': 'Aufgabe ist geschlossen',
  'The task was closed with the decision {decision} by {by}.':
    'Die Aufgabe wurde von {by} mit der Entscheidung „{decision}“ geschlossen.',
  'Read the task again. What was decided is undone at the object that it was about, not here.':
    'Lesen Sie die Aufgabe neu. Was entschieden ist, wird an dem Objekt zurückgenommen, um das es ging, nicht hier.',
  'Decision not understood': 'Entscheidung nicht verstanden',
  '{member} of the decision {decision} has to be {expected}.':
    '{member} der Entscheidung „{decision}“ muss {expected} sein.',
  'The fields of the decision say how each member of data is written.':
    'Die Felder der Entscheidung sagen, wie jede Angabe geschrieben wird.',
  'Decision not complete': 'Entscheidung nicht vollständig',
  'The decision {decision} also needs {missing}.': 'Die Entscheidung „{decision}“ braucht noch: {missing}.',
  'Send it as a member of data, as text.': 'Füllen Sie das Feld aus.',
  'Not one of the decisions': 'Keine der Entscheidungen',
  'The task has no decision {decision}; it has {possible}.':
    'Die Aufgabe hat keine Entscheidung „{decision}“; sie hat {possible}.',
  'Choose one of the decisions that the task lists.': 'Wählen Sie eine der Entscheidungen der Aufgabe.',
  'Reason missing': 'Grund fehlt',
  'The decision {decision} needs a reason.': 'Die Entscheidung „{decision}“ braucht einen Grund.',
  'Say in your own words why you decide so; it is kept for the audit.':
    'Sagen Sie mit eigenen Worten, warum Sie so entscheiden; es wird für die Prüfung aufbewahrt.',
  'A second person is needed': 'Eine zweite Person ist nötig',
  'The decision {decision} needs two people, and {by} is the one who approved it already.':
    'Die Entscheidung „{decision}“ braucht zwei Personen, und {by} hat ihr schon zugestimmt.',
  'Let somebody else decide. A key that several people use says with "by" who it is each time.':
    'Lassen Sie jemand anderen entscheiden. Ein Schlüssel, den mehrere verwenden, sagt mit „by“ jedes Mal, wer es ist.',
  'Somebody else has it': 'Jemand anderes hat sie',
  '{assignee} has taken the task.': '{assignee} hat die Aufgabe übernommen.',
  'Ask whoever has it to give it back. With the scope tasks:reassign it can be taken from them.':
    'Bitten Sie, sie zurückzugeben. Mit dem Recht tasks:reassign lässt sie sich übernehmen.',
  'Process cannot do this now': 'Das kann der Prozess jetzt nicht',
  'It cannot {action}: {problem}.': '„{action}“ geht nicht: {problem}.',
  'Read the instance again; its page in the reference says what is possible in which state.':
    'Lesen Sie den Prozess neu; seine Seite in der Referenz sagt, was in welchem Zustand möglich ist.',
  'Comparison is running': 'Der Abgleich läuft',
  'The stock of {connection} is being compared.': 'Der Bestand von {connection} wird gerade abgeglichen.',
  'Read its outcome when it is done; another one can be started then.':
    'Lesen Sie das Ergebnis, wenn er fertig ist; dann kann ein weiterer beginnen.',
  'Reservation is over': 'Reservierung ist vorbei',
  'The reservation {reservation} is {outcome}; nothing is held by it.':
    'Die Reservierung {reservation} ist {outcome}; sie hält nichts mehr.',
  'Ask for the stock again under another name.': 'Fragen Sie den Bestand unter anderem Namen neu an.',
  'Stock not reserved': 'Bestand nicht reserviert',
  'Nothing is held by the reservation {reservation}: {reason}.':
    'Die Reservierung {reservation} hält nichts: {reason}.',
  'Ask for less, at other locations, or with wait; a refused request may be repeated with a higher revision.':
    'Fragen Sie weniger an, an anderen Orten, oder mit Warten; eine abgelehnte Anfrage darf mit höherer Fassung wiederholt werden.',
  'Not served any more': 'Wird nicht mehr bedient',
  '{contract} has not been served since {since}.': '{contract} wird seit {since} nicht mehr bedient.',
  '{contract} has not been served since {since}; {successor} takes its place.':
    '{contract} wird seit {since} nicht mehr bedient; {successor} tritt an seine Stelle.',
  'Change to the successor that the Link header names. Whoever keeps contracts can give more time: interline contracts show.':
    'Wechseln Sie zum Nachfolger, den der Kopf Link nennt. Wer die Verträge pflegt, kann mehr Zeit geben: interline contracts show.',
  'Contract cannot become that': 'Das kann der Vertrag nicht werden',
  '{contract} cannot be changed like that: {problem}.': '{contract} lässt sich so nicht ändern: {problem}.',
  'The contract lists what it can become next. A deprecation needs a beginning, and an end that is still to come.':
    'Der Vertrag sagt, was er als Nächstes werden kann. Eine Abkündigung braucht einen Beginn, und ein Ende, das noch bevorsteht.',
}
