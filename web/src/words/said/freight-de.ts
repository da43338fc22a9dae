/** What people are asked about freight invoices, in German, by what the hub says in English; braces stand for what was found. */
export const germanFreight: Readonly<Record<string, string>> = {
  'Invoice {branchKey}: {inDoubt} is in doubt, and the carrier has not answered. What is paid?':
    'Rechnung {branchKey}: {inDoubt} sind strittig, und der Frachtführer hat nicht geantwortet. Was wird bezahlt?',
  'Invoice {branchKey}: {inDoubt} is in doubt, and the carrier answers “{answer}”. What is paid?':
    'Rechnung {branchKey}: {inDoubt} sind strittig, und der Frachtführer antwortet „{answer}“. Was wird bezahlt?',
  'Invoice {branchKey}: {inDoubt} is in doubt, and the carrier answers “{answer}” {moneyHere}. What is paid?':
    'Rechnung {branchKey}: {inDoubt} sind strittig, und der Frachtführer antwortet „{answer}“ {moneyHere}. Was wird bezahlt?',
  'What both agreed': 'Worauf sich beide geeinigt haben',
  'The carrier gets what you agreed on.': 'Der Frachtführer bekommt, worauf Sie sich geeinigt haben.',
  'What is paid': 'Was bezahlt wird',
  Nothing: 'Nichts',
  'The carrier is told that nothing is paid.': 'Der Frachtführer erfährt, dass nichts bezahlt wird.',
  'All of it, and claim it back': 'Alles, und zurückfordern',
  'The invoice is paid, and a claim against the carrier is begun.':
    'Die Rechnung wird bezahlt, und eine Reklamation gegen den Frachtführer beginnt.',
  'All of it': 'Alles',
  'The invoice is paid as it is.': 'Die Rechnung wird bezahlt, wie sie ist.',
  'What was put aside': 'Was zurückgestellt war',
  'The carrier gets what was agreed.': 'Der Frachtführer bekommt, was vereinbart war.',
  'differs by {by}': 'weicht um {by} ab',
  'differs by {by} ({invoiced} without tax, {tax} tax, {total} in all)':
    'weicht um {by} ab ({invoiced} ohne Steuer, {tax} Steuer, {total} insgesamt)',
  '{written} ({invoiced} without tax, {tax} tax, {total} in all)':
    '{written} ({invoiced} ohne Steuer, {tax} Steuer, {total} insgesamt)',
  'asks for {written}, and {written2} was put aside: nobody can say by how much that differs':
    'verlangt {written}, und zurückgestellt waren {written2}: niemand kann sagen, um wie viel das abweicht',
  'asks for {written} ({invoiced} without tax, {tax} tax, {total} in all), and {written2} was put aside: nobody can say by how much that differs':
    'verlangt {written} ({invoiced} ohne Steuer, {tax} Steuer, {total} insgesamt), und zurückgestellt waren {written2}: niemand kann sagen, um wie viel das abweicht',
  'Invoice {branchKey}: {tolerated} beyond what was put aside, and {free} for no load. What is paid?':
    'Rechnung {branchKey}: {tolerated} mehr, als zurückgestellt war, und {free} für keine Ladung. Was wird bezahlt?',
  'It is paid, with what is for no load.': 'Sie wird bezahlt, mit dem, was für keine Ladung ist.',
  'The loads': 'Die Ladungen',
  'What was settled for each load is paid.': 'Bezahlt wird, was für jede Ladung abgerechnet wurde.',
  'Invoice {branchKey} waits for {openLoads}.': 'Rechnung {branchKey} wartet auf {openLoads}.',
  'Nothing was put aside for invoice {branchKey} (load {key}). Is it ours?':
    'Für Rechnung {branchKey} (Ladung {key}) war nichts zurückgestellt. Ist sie unsere?',
  'It is ours': 'Sie ist unsere',
  'It is compared with nothing, and freight audit decides what is paid.':
    'Sie wird mit nichts verglichen, und die Frachtprüfung entscheidet, was bezahlt wird.',
  'It is not': 'Sie ist es nicht',
  'Invoice {branchKey} is here, and nothing shows that the goods left and arrived. Pay it?':
    'Rechnung {branchKey} ist da, und nichts zeigt, dass die Ware abging und ankam. Bezahlen?',
  'Compare and pay it': 'Vergleichen und bezahlen',
  'It is compared as if it were proven.': 'Sie wird verglichen, als wäre es bewiesen.',
  'It was not delivered': 'Es wurde nicht zugestellt',
  'The carrier is told so.': 'Der Frachtführer erfährt es.',
  'Carrier {branchKey} has sent no invoice for delivery {number}. Take the accrual back?':
    'Frachtführer {branchKey} hat für Lieferung {number} keine Rechnung gesendet. Die Rückstellung auflösen?',
  'Take it back': 'Zurücknehmen',
  'The ERP takes it back.': 'Das ERP nimmt es zurück.',
  'Keep it': 'Behalten',
  'Invoice {branchKey} {differenceHere}. What is paid?': 'Rechnung {branchKey} {differenceHere}. Was wird bezahlt?',
  'Invoice {branchKey} {differenceHere}. Paid already: {before}. What is paid?':
    'Rechnung {branchKey} {differenceHere}. Schon bezahlt: {before}. Was wird bezahlt?',
  'Invoice {branchKey} {differenceHere}. What was put aside was used for an invoice under another number of the load. What is paid?':
    'Rechnung {branchKey} {differenceHere}. Was zurückgestellt war, ist für eine Rechnung unter einer anderen Nummer der Ladung verbraucht. Was wird bezahlt?',
  'Invoice {branchKey} {differenceHere}. Paid already: {before}. What was put aside was used for an invoice under another number of the load. What is paid?':
    'Rechnung {branchKey} {differenceHere}. Schon bezahlt: {before}. Was zurückgestellt war, ist für eine Rechnung unter einer anderen Nummer der Ladung verbraucht. Was wird bezahlt?',
  'Dispute it': 'Beanstanden',
  'The carrier is told what is wrong, and nothing is paid meanwhile.':
    'Der Frachtführer erfährt, was falsch ist, und bis dahin wird nichts bezahlt.',
  'Invoice {branchKey} asked for {before} when it was approved, and asks for {wordHere} by now. What becomes of it?':
    'Rechnung {branchKey} verlangte {before}, als sie freigegeben wurde, und verlangt jetzt {wordHere}. Was wird aus ihr?',
  'It is corrected': 'Es ist berichtigt',
  'The difference was booked by hand, or comes with a document of its own.':
    'Die Differenz wurde von Hand gebucht, oder kommt mit einem eigenen Dokument.',
  'Leave it': 'So lassen',
  'What was approved is paid.': 'Bezahlt wird, was freigegeben wurde.',
}
