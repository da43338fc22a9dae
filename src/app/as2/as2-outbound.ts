import { createHash } from 'node:crypto'
import { documentHeader } from '../../connectors/kit/document-header.ts'
import type { Outbound } from '../../flow/ports.ts'
import type { As2Sent, As2SentMessages } from '../../registry/as2-sent.ts'
import { writeAs2Name } from '../../transports/as2/as2-name.ts'
import { cipherNamed } from '../../transports/as2/cms/ciphers.ts'
import { digestNamed } from '../../transports/as2/cms/digests.ts'
import { writeMic } from '../../transports/as2/mic.ts'
import type { Protection } from '../../transports/as2/protection.ts'
import { isReceipt } from '../../transports/as2/receipt-reading.ts'
import { wrap } from '../../transports/as2/wrap.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { type As2Partner, signerAt } from './as2-partner.ts'
import { type As2Receipts, answeredEntity } from './as2-receipts.ts'

/** Partners, and the way of everything else. */
export interface As2OutboundOptions {
  /** For everything that does not go by AS2. */
  readonly others: Outbound
  /** For messages to partners: the second for those that fold header lines. */
  readonly strict: Outbound
  readonly lenient: Outbound
  readonly partners: () => readonly As2Partner[]
  readonly sent: As2SentMessages
  readonly receipts: As2Receipts
  readonly now: () => number
}

/**
 * Requests whose address begins with `as2:` are documents for the partner of their connection: POST or PUT sends one under the name
 * that follows, GET looks what its receipt said. A document that is sent again before its receipt came is the same message, whatever its name. So are those for a folder (`drop:`), where the connection has such a partner. Answers are those of HTTP: 200 the receipt confirms it, 202 its receipt is awaited, 422
 * the partner refused it, 409 another document has that name, 404 none has it. A name is sent with the same bytes, however often.
 */
export class As2Outbound implements Outbound {
  readonly #options: As2OutboundOptions

  constructor(options: As2OutboundOptions) {
    this.#options = options
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    const { others, partners, sent } = this.#options
    const scheme = schemes.find((one) => request.url.startsWith(one))
    const partner = partners().find(({ connection, url }) => connection.id === request.pool && url !== '')
    if (scheme === undefined || (scheme === 'drop:' && partner === undefined)) return others.send(request)
    if (partner === undefined) return notSent('NO_AS2_PARTNER_DECLARED')
    const name = decodeURIComponent(request.url.slice(scheme.length))
    if (name === '' || name.length > 512) return notSent('NAME_REFUSED')
    const known = await sent.find(partner.connection.id, name)
    if (request.method === 'GET') return known === undefined ? answer(404, 'unknown') : standing(known)
    const body = request.body ?? new Uint8Array()
    const contentHash = createHash('sha256').update(body).digest('hex')
    if (known !== undefined && known.contentHash !== contentHash) return answer(409, 'another document has this name')
    if (known !== undefined && known.state !== 'waiting') return standing(known)
    const document = request.headers[documentHeader] ?? ''
    const before =
      known ??
      (await sent.again({ connection: partner.connection.id, name, document, contentHash }, receiptMsOf(partner)))
    const ready =
      before === undefined
        ? await this.#prepare(partner, { name, body, contentHash, document })
        : await this.#kept(before)
    return typeof ready === 'string' ? notSent(ready) : this.#post(partner, ready, request)
  }

  /** Wraps the document and keeps the result, so that every attempt sends the same bytes. */
  async #prepare(
    partner: As2Partner,
    content: Pick<As2Sent, 'name' | 'contentHash' | 'document'> & { readonly body: Uint8Array },
  ): Promise<ReadyMessage | string> {
    const { now, sent } = this.#options
    const protection = protectionOf(partner, now())
    if (typeof protection === 'string') return protection
    const { name, body, contentHash, document } = content
    const { connection, contentType, micSpelling } = partner
    const wrapped = await wrap({ content: body, contentType, filename: name }, protection)
    const messageId = `<${createHash('sha256')
      .update(JSON.stringify([connection.id, name, contentHash]))
      .digest('hex')
      .slice(0, 40)}@interline>`
    const fields = { ...envelopeOf(partner, { messageId, at: now() }), ...wrapped.fields }
    const message = {
      connection: connection.id,
      name,
      messageId,
      contentHash,
      mic: writeMic(wrapped.mic, micSpelling),
      fields,
      body: wrapped.body,
      document,
    }
    if (await sent.keep(message, receiptMsOf(partner))) return { ...message, state: 'waiting', said: '' }
    const kept = await sent.find(connection.id, name)
    return kept === undefined ? 'MESSAGE_NOT_KEPT' : this.#kept(kept)
  }

  async #kept(message: As2Sent): Promise<ReadyMessage | string> {
    const body = await this.#options.sent.body(message.messageId)
    return body === undefined ? 'MESSAGE_NOT_KEPT' : { ...message, body }
  }

  async #post(partner: As2Partner, message: ReadyMessage, request: HttpRequest): Promise<HttpResult> {
    const { lenient, strict, receipts, sent } = this.#options
    const { fields: headers, body } = message
    const way = partner.foldedAnswers ? lenient : strict
    const result = await way.send({
      ...request,
      url: partner.url,
      method: 'POST',
      headers,
      body,
      maxResponseBytes: receiptBytesMost,
    })
    if (result.outcome !== 'answer' || result.status < 200 || result.status > 299) return result
    const entity = answeredEntity(result)
    if (isReceipt(entity)) {
      await receipts.read(entity, partner, 'in-answer')
      const settled = await sent.find(message.connection, message.name)
      return settled === undefined || settled.state === 'waiting'
        ? { outcome: 'no_answer', wire: true, code: 'RECEIPT_NOT_VALID' }
        : standing(settled)
    }
    if (partner.receipt === 'none') {
      await sent.settle(message.messageId, { state: 'confirmed', said: `${result.status}`, receipt: new Uint8Array() })
      return answer(200, 'taken without a receipt')
    }
    return partner.receiptUrl === ''
      ? { outcome: 'no_answer', wire: true, code: 'RECEIPT_MISSING' }
      : answer(202, 'waiting')
  }
}

/** What every attempt of a document sends. */
interface ReadyMessage extends As2Sent {
  readonly body: Uint8Array
}

function receiptMsOf({ receiptMinutes }: As2Partner): number {
  return receiptMinutes * 60_000
}

/** How our documents are wrapped for a partner at this time; what is missing, where they cannot be. */
export function protectionOf(partner: As2Partner, at: number): Protection | string {
  const { sign, encrypt, compress, keyTransport, micSpelling, encryptionCertificates } = partner
  const signer = signerAt(partner, at)
  if (sign !== 'no' && signer === undefined) return 'OWN_CERTIFICATE_EXPIRED'
  const recipient =
    encryptionCertificates.find((one) => one.isValidAt(at)) ??
    (partner.expiredCertificates ? encryptionCertificates[0] : undefined)
  if (encrypt !== 'no' && recipient === undefined) return 'PARTNER_CERTIFICATE_EXPIRED'
  const digest = digestNamed(sign === 'no' ? 'sha256' : sign)
  return {
    compress,
    digest,
    ...(sign === 'no' || signer === undefined
      ? {}
      : { sign: { signer, digest, form: 'detached', spelling: micSpelling, at } }),
    ...(encrypt === 'no' || recipient === undefined
      ? {}
      : { encrypt: { recipients: [recipient], cipher: cipherNamed(encrypt), keyTransport } }),
  }
}

function envelopeOf(
  { ourName, partnerName, receipt, receiptUrl, sign, micSpelling }: As2Partner,
  { messageId, at }: { readonly messageId: string; readonly at: number },
): Readonly<Record<string, string>> {
  const digest = digestNamed(sign === 'no' ? 'sha256' : sign)
  const micalg = micSpelling === 'old' ? digest.name : digest.micalg
  return {
    'AS2-Version': '1.2',
    'AS2-From': writeAs2Name(ourName),
    'AS2-To': writeAs2Name(partnerName),
    'Message-ID': messageId,
    Date: new Date(at).toUTCString(),
    Subject: 'Document',
    'MIME-Version': '1.0',
    ...(receipt === 'none' ? {} : { 'Disposition-Notification-To': ourName.replaceAll(/\s/g, '_') }),
    ...(receipt === 'none'
      ? {}
      : {
          'Disposition-Notification-Options':
            receipt === 'signed'
              ? `signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, ${micalg}`
              : `signed-receipt-micalg=optional, ${micalg}`,
        }),
    ...(receiptUrl === '' ? {} : { 'Receipt-Delivery-Option': receiptUrl }),
  }
}

const schemes = ['as2:', 'drop:'] as const
const receiptBytesMost = 1024 * 1024

function standing({ state, said, messageId }: As2Sent): HttpResult {
  return answer({ confirmed: 200, waiting: 202, refused: 422 }[state], said, messageId)
}

function answer(status: number, said: string, messageId?: string): HttpResult {
  const body = Buffer.from(JSON.stringify({ said, ...(messageId === undefined ? {} : { messageId }) }))
  return { outcome: 'answer', wire: true, status, headers: { 'content-type': 'application/json' }, body }
}

function notSent(code: string): HttpResult {
  return { outcome: 'not_sent', wire: false, code }
}
