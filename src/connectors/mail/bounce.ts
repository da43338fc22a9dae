import { InterlineError } from '../../base/errors.ts'
import type { Assertion } from '../../model/fact.ts'
import type { SuppressionReport } from '../../model/notification/recipient-state.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'
import { readDeliveryStatus } from './delivery-status.ts'

/** The id of the event; a mail that came back is known by its bytes. */
export function identify({ content }: Document): Identity | undefined {
  const identity = peekText(content, 'eventId')
  return identity === undefined ? undefined : { identity }
}

/** Mails that came back later: told by a delivery service, or as the mail (RFC 3464) that a server sent to the sender. */
export function translate(document: Document, { connection }: TranslateContext<unknown>): Translation {
  if (document.content === undefined) return returned(document, connection)
  const root = new Reading(document.content).object()
  const type = root.at('type').text(60)
  const data = root.at('data').object()
  const address = data.at('address').text(254)
  const said = data.at('status').optionalText(20) ?? ''
  switch (type) {
    case 'mail.bounced':
      return isForEver(said) || data.at('permanent').flag()
        ? { assertions: [suppress({ connection, address, reason: 'bounced', said })] }
        : {
            ignored: `The mail came back for now (${said === '' ? 'no status' : said}): the next one is sent all the same.`,
          }
    case 'mail.complained':
      return { assertions: [suppress({ connection, address, reason: 'unsubscribed', said })] }
    default:
      return { assertions: [], unknownCodes: [{ table: 'mail-event', code: type }] }
  }
}

function returned({ bytes }: Document, connection: string): Translation {
  const all = readDeliveryStatus(new TextDecoder().decode(bytes))
  if (all === undefined) return { ignored: 'It is no delivery status notification.' }
  if (all.length === 0)
    throw new InterlineError('CONTENT_INVALID', {
      place: 'message/delivery-status',
      expected: 'a recipient with an action',
      found: 'none',
    })
  const gone = all.filter(({ action, status }) => action === 'failed' && isForEver(status))
  if (gone.length === 0)
    return { ignored: `Nobody is gone for ever: ${all.map(({ action, status }) => `${action} ${status}`).join(', ')}.` }
  return {
    assertions: gone.map(({ address, status }) => suppress({ connection, address, reason: 'bounced', said: status })),
  }
}

/** Nobody has the address (5.1), or the mailbox is closed (5.2.1). Full ones, junk and policies are another matter. */
function isForEver(status: string): boolean {
  return /^5\.1\.|^5\.2\.1$/.test(status)
}

function suppress(one: {
  readonly connection: string
  readonly address: string
  readonly reason: 'bounced' | 'unsubscribed'
  readonly said: string
}): Assertion<SuppressionReport> {
  const { connection, address, reason, said } = one
  return {
    type: 'recipient.suppression_reported',
    about: {
      entity: 'recipient',
      references: [{ scheme: 'address', issuer: connection, value: address }],
      unknown: 'create',
    },
    data: {
      ...{ action: 'suppress', channel: connection, to: { address }, by: connection, reason },
      ...(said === '' ? {} : { said }),
    },
  }
}
