import type { Outbound } from '../../flow/ports.ts'
import type { As2Received, As2ReceivedMessages } from '../../registry/as2-received.ts'
import type { As2Sent, As2SentMessages } from '../../registry/as2-sent.ts'
import { type Disposition, writeDisposition } from '../../transports/as2/disposition.ts'
import { As2Failure } from '../../transports/as2/failure.ts'
import type { As2Answer } from '../../transports/as2/listener.ts'
import { readMic, sameMic, writeMic } from '../../transports/as2/mic.ts'
import type { Entity } from '../../transports/as2/mime/entity.ts'
import { type ReadReceipt, readReceipt } from '../../transports/as2/receipt-reading.ts'
import type { As2Request } from '../../transports/as2/request.ts'
import type { HttpResult } from '../../transports/http/request.ts'
import type { Signals } from '../../watch/signals.ts'
import { type As2Partner, trustedAt } from './as2-partner.ts'

/** What receipts need to be matched and sent. */
export interface As2ReceiptsOptions {
  readonly partners: () => readonly As2Partner[]
  readonly received: As2ReceivedMessages
  readonly sent: As2SentMessages
  readonly outbound: Outbound
  readonly signals: Signals
  readonly now: () => number
}

/** Receipts in both directions: those that partners send for our documents, and asynchronous ones of ours. */
export class As2Receipts {
  readonly #options: As2ReceiptsOptions

  constructor(options: As2ReceiptsOptions) {
    this.#options = options
  }

  /** An asynchronous receipt came in. Whether it means anything is our business: the partner only hears that it arrived. */
  async accept(request: As2Request, partner: As2Partner): Promise<As2Answer> {
    await this.read(request.entity, partner, 'later')
    return { status: 200 }
  }

  /** Verifies a receipt and settles the document that it names. What proves nothing changes nothing, and is told. */
  async read(entity: Entity, partner: As2Partner, came: 'in-answer' | 'later'): Promise<void> {
    const { now, sent, signals } = this.#options
    const connection = partner.connection.id
    try {
      const receipt = readReceipt(entity, { trusted: trustedAt(partner, now()), allowLegacy: partner.legacyAlgorithms })
      const message = await sent.findByMessageId(bracketed(receipt.originalMessageId))
      if (message?.connection !== connection) return signals.as2ReceiptIgnored({ connection, code: 'UNMATCHED' })
      const verdict = judge(receipt, message, { partner, came })
      if (verdict.state === 'waiting') return signals.as2ReceiptIgnored({ connection, code: verdict.said })
      const isMismatched = verdict.state === 'refused' && isTaken(receipt.disposition)
      if (!(await sent.settle(message.messageId, { ...verdict, receipt: entity.content, isMismatched }))) return
      if (verdict.state === 'confirmed') signals.as2Confirmed({ connection })
      else
        signals.as2SentRefused({
          connection,
          reason: isMismatched ? 'DIGEST_DIFFERS' : 'NOT_PROCESSED',
        })
    } catch (error) {
      if (!(error instanceof As2Failure)) throw error
      signals.as2ReceiptIgnored({ connection, code: error.code })
    }
  }

  /** Sends asynchronous receipts that are due. Answers whether there may be more. */
  async round(): Promise<boolean> {
    const claimed = await this.#options.received.claim(batch, holdMs)
    await Promise.all(claimed.map((one) => this.#deliver(one)))
    return claimed.length === batch
  }

  async #deliver(one: As2Received): Promise<void> {
    const { outbound, partners, received, signals } = this.#options
    const connection = partners().find(({ connection: { id } }) => id === one.connection)?.connection
    if (connection === undefined) return received.settle(one, undefined)
    const { timeoutMs, allowHttp, allowedCidrs, concurrent } = connection.outbound
    const result = await outbound.send({
      url: one.url,
      method: 'POST',
      headers: one.fields,
      body: one.body,
      timeoutMs,
      maxResponseBytes: 64 * 1024,
      pool: connection.id,
      concurrency: concurrent,
      allowHttp,
      allowedCidrs,
    })
    const code = codeOf(result)
    if (code === undefined) return received.settle(one, undefined)
    signals.as2ReceiptFailed({ connection: connection.id, code })
    await received.settle(one, pauses[one.attempts - 1])
  }
}

/** The answer to a request, as the MIME entity that it carries. */
export function answeredEntity({ headers, body }: HttpResult & { outcome: 'answer' }): Entity {
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
  const content = Buffer.from(body)
  return {
    fields: fields.filter(({ name }) => /^content-(?:type|transfer-encoding)$/i.test(name)),
    content,
    whole: content,
  }
}

/**
 * What a receipt proves. One that should be signed and is not proves nothing; but a refusal in the answer to the message itself is believed as
 * it is, as a status of HTTP would be: a partner that does not know us cannot sign. One that comes later may be from anybody, and would keep the
 * true one from counting. A digest that differs means that the partner has another document than we sent, and no further attempt changes that.
 */
function judge(
  { disposition, mic, signedBy }: ReadReceipt,
  message: As2Sent,
  { partner, came }: { readonly partner: As2Partner; readonly came: 'in-answer' | 'later' },
): Pick<As2Sent, 'state' | 'said'> {
  const said = writeDisposition(disposition)
  const isProof = signedBy !== undefined || partner.receipt !== 'signed'
  if (!isTaken(disposition) && (isProof || came === 'in-answer')) return { state: 'refused', said }
  if (!isProof) return { state: 'waiting', said: 'NOT_SIGNED' }
  const own = readMic(message.mic)
  // A duplicate may be answered without a digest; whoever takes something for the first time must say what.
  if (mic === undefined && disposition.kind !== 'processed') return { state: 'confirmed', said }
  if (mic === undefined || own === undefined) return { state: 'waiting', said: 'WITHOUT_MIC' }
  return sameMic(mic, own)
    ? { state: 'confirmed', said }
    : { state: 'refused', said: `the digest differs: ours ${message.mic}, theirs ${writeMic(mic)}` }
}

function isTaken(disposition: Disposition): boolean {
  if (disposition.kind === 'processed' || disposition.kind === 'warning') return true
  return disposition.kind === 'error' && /^duplicate-document$/i.test(disposition.modifier)
}

function codeOf(result: HttpResult): string | undefined {
  if (result.outcome !== 'answer') return result.code
  return result.status >= 200 && result.status <= 299 ? undefined : `STATUS_${result.status}`
}

function bracketed(messageId: string): string {
  return messageId.startsWith('<') ? messageId : `<${messageId}>`
}

const batch = 20
const holdMs = 120_000
/** Milliseconds between the tries. */
const pauses = [5, 10, 20, 40, 40, 40, 40, 40, 40].map((minutes) => minutes * 60_000)
