import type { PersonalMessage } from '../../model/notification/personal-message.ts'
import type { Operation, Reading as Outcome, Reply } from '../kit/connector.ts'

interface Settings {
  readonly url: string
  readonly secrets: readonly string[]
}

/** One message. Its id is the same on every attempt, so that the receiver knows a repetition; a lost answer is repeated at once. */
export const send: Operation<Settings> = {
  command: 'notify_party',
  write: true,
  ask: ({ payload, externalReference }, { url, secrets }) => {
    const { recipient, audience, language, subject, text, about } = payload as PersonalMessage
    return {
      method: 'POST',
      url,
      contentType: 'application/json',
      body: JSON.stringify({ id: externalReference, recipient, audience, language, subject, text, about }),
      sign: { scheme: 'standard-webhooks', id: externalReference, secrets },
    }
  },
  read,
  idempotency: { strategy: 'native-key', retentionHours: 100 },
  definitive: { notDone: [503] },
}

function read({ status }: Reply): Outcome {
  if (status >= 200 && status < 300) return { outcome: 'applied' }
  if (status === 408 || status >= 500) return { outcome: 'unclear', reason: `The receiver answered ${status}.` }
  return { outcome: 'refused', reason: `The receiver refused the message (${status}).` }
}
