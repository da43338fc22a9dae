import { wording } from '../../words/words.ts'

/** Words of the list of messages. */
export const say = wording({
  en: {
    empty: 'No message has arrived so far. What connections bring stands here at once.',
    partner: 'Partner',
    from: 'Received since',
    to: 'Received before',
    kind: 'Content type',
    identity: 'Identity',
    received: 'Received',
    became: 'What it became',
    size: 'Bytes',
    trace: 'Trace',
  },
  de: {
    empty: 'Noch ist keine Nachricht eingetroffen. Was Verbindungen bringen, steht sofort hier.',
    partner: 'Partner',
    from: 'Empfangen seit',
    to: 'Empfangen vor',
    kind: 'Inhaltstyp',
    identity: 'Identität',
    received: 'Empfangen',
    became: 'Was daraus wurde',
    size: 'Bytes',
    trace: 'Spur',
  },
})
