import type { PersonalMessage } from '../../model/notification/personal-message.ts'
import type { Operation, OperationRequest, Reading as Outcome, Reply } from '../kit/connector.ts'

interface Settings {
  readonly security: string
  readonly from: string
  readonly fromName: string
  readonly replyTo: string
  readonly unsubscribe: string
}

/**
 * One mail to one recipient. No mail server can be asked whether it has a message: where its answer is lost after the message has begun
 * to leave, the mail is not repeated by itself. A person who sends it again sends it under the same Message-ID, by which it is recognised.
 */
export const send: Operation<Settings> = {
  command: 'notify_party',
  write: true,
  ask: (request, settings) => ({
    method: 'POST',
    path: '/',
    headers: { 'smtp-security': settings.security },
    contentType: 'application/json',
    body: JSON.stringify(mailOf(request, settings)),
  }),
  read,
  idempotency: { strategy: 'none' },
  definitive: { notDone: [503] },
}

function mailOf({ payload, externalReference }: OperationRequest, settings: Settings): object {
  const { address, name, subject, text, html, language, audience, recipient } = payload as PersonalMessage
  const { from, fromName, replyTo, unsubscribe } = settings
  const isCustomer = audience === 'customer' && unsubscribe !== ''
  return {
    from,
    fromName,
    to: address,
    subject,
    text,
    html,
    language,
    ...(name === undefined ? {} : { toName: name }),
    ...(replyTo === '' ? {} : { replyTo }),
    ...(isCustomer ? { unsubscribe: unsubscribeFor(unsubscribe, recipient) } : {}),
    messageId: messageId(externalReference, from),
  }
}

/** The reference is a function of what is told, to whom: so is the id, which every attempt carries. */
function messageId(externalReference: string, from: string): string {
  return `${externalReference}@${from.split('@').at(-1) ?? 'interline.invalid'}`
}

function unsubscribeFor(where: string, recipient: string): string {
  const joint = where.includes('?') ? '&' : '?'
  return where.startsWith('mailto:') ? `${where}${joint}subject=${recipient}` : `${where}${joint}recipient=${recipient}`
}

function read({ status, json }: Reply, { externalReference }: OperationRequest, { from }: Settings): Outcome {
  if (status === 200) return { outcome: 'applied', documentReference: messageId(externalReference, from) }
  const { stage, code, enhanced, problem } = (json ?? {}) as Readonly<Record<string, unknown>>
  const said = [code, enhanced, problem].filter((one) => one !== undefined && one !== '' && one !== 0).join(' ')
  if (status === 404) return { outcome: 'refused', reason: `RECIPIENT_REFUSED: nobody has the address (${said}).` }
  if (status === 422)
    return {
      outcome: 'refused',
      reason: `The mail server refused the ${typeof stage === 'string' ? stage : 'message'} (${said}).`,
    }
  return { outcome: 'unclear', reason: `The mail server answered ${said === '' ? status : said}.` }
}
