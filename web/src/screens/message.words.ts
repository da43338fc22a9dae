import { wording } from '../words/words.ts'

/** What the screen of one message says. */
export const say = wording({
  en: {
    raw: 'As it came',
    bytes: 'Bytes',
    'raw.forbidden':
      'The bytes and their meaning in full may hold names and addresses. They are for those who have the rights messages:raw and personal:read, as operations and integration do: ask an administrator.',
    'raw.cut': 'Only the first {count, number} characters are shown. Download it for the rest.',
    'raw.charset': 'The bytes are read as {charset}.',
    download: 'Download',
    curl: 'Copy as curl',
    copied: 'Copied: put the download beside it as {file}.',
    meaning: 'What it meant',
    'meaning.none': 'It led to no facts.',
    told: 'What outside systems were told because of it',
    'told.none': 'Nothing was to be told.',
    attempts: '{count, plural, =0 {no attempt} one {# attempt} other {# attempts}}',
    replay: 'Read it again',
    'replay.about': 'First you see what it would do with the maps of today; nothing is written or sent for that.',
    'replay.ask': 'What would it do?',
    'replay.would':
      '{facts} new facts, {fresh} postings that would leave, {known} that the ledger has already and would not repeat.',
    'replay.failed': 'It could not be read: {reason}',
    'replay.do': 'Read it again now',
    'replay.done': 'It was read again.',
    'replay.running': 'It is being looked at …',
    leaves: 'would leave',
    stays: 'is there already',
    fix: 'Correct a copy',
    'fix.about': 'The original stays as it came. The corrected copy takes its place in the order.',
    'fix.charset': 'It is written in {charset}, as the original; a letter that this does not have is refused.',
    'fix.large':
      'The document has more than {count, number} characters: too many to be corrected on this page. Download it, correct it, and send the copy from a terminal:',
    'fix.body': 'Corrected document',
    'fix.reason': 'Why',
    'fix.send': 'Read the corrected copy',
    'fix.done': 'The corrected copy is {id}.',
  },
  de: {
    raw: 'Wie sie kam',
    bytes: 'Bytes',
    'raw.forbidden':
      'Bytes und volle Bedeutung können Namen und Anschriften enthalten. Sie sind für die, die die Rechte messages:raw und personal:read haben, wie Betrieb und Integration: Fragen Sie einen Administrator.',
    'raw.cut': 'Nur die ersten {count, number} Zeichen werden gezeigt. Laden Sie die Nachricht für den Rest herunter.',
    'raw.charset': 'Die Bytes sind als {charset} gelesen.',
    download: 'Herunterladen',
    curl: 'Als curl kopieren',
    copied: 'Kopiert: Legen Sie die heruntergeladene Datei als {file} daneben.',
    meaning: 'Was sie bedeutete',
    'meaning.none': 'Sie führte zu keinen Tatsachen.',
    told: 'Was anderen Systemen deswegen gesagt wurde',
    'told.none': 'Es war nichts zu sagen.',
    attempts: '{count, plural, =0 {kein Versuch} one {# Versuch} other {# Versuche}}',
    replay: 'Noch einmal lesen',
    'replay.about':
      'Erst sehen Sie, was sie mit den heutigen Regeln täte; dafür wird nichts geschrieben und nichts gesendet.',
    'replay.ask': 'Was täte sie?',
    'replay.would':
      '{facts} neue Tatsachen, {fresh} Buchungen, die hinausgingen, {known}, die schon gebucht sind und nicht wiederholt würden.',
    'replay.failed': 'Sie konnte nicht gelesen werden: {reason}',
    'replay.do': 'Jetzt noch einmal lesen',
    'replay.done': 'Sie wurde noch einmal gelesen.',
    'replay.running': 'Es wird nachgesehen …',
    leaves: 'ginge hinaus',
    stays: 'ist schon da',
    fix: 'Eine Kopie berichtigen',
    'fix.about': 'Das Original bleibt, wie es kam. Die berichtigte Kopie nimmt seinen Platz in der Reihe ein.',
    'fix.charset':
      'Sie wird in {charset} geschrieben wie das Original; ein Buchstabe, den es darin nicht gibt, wird abgelehnt.',
    'fix.large':
      'Das Dokument hat mehr als {count, number} Zeichen: zu viele, um es auf dieser Seite zu berichtigen. Laden Sie es herunter, berichtigen Sie es, und senden Sie die Kopie von einem Terminal:',
    'fix.body': 'Berichtigtes Dokument',
    'fix.reason': 'Warum',
    'fix.send': 'Berichtigte Kopie lesen',
    'fix.done': 'Die berichtigte Kopie ist {id}.',
  },
})
