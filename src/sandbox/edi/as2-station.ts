import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import type { Certificate, Identity } from '../../transports/as2/certificate.ts'
import { cipherNamed } from '../../transports/as2/cms/ciphers.ts'
import { digestNamed } from '../../transports/as2/cms/digests.ts'
import { type As2Answer, As2Listener } from '../../transports/as2/listener.ts'
import { type Mic, sameMic } from '../../transports/as2/mic.ts'
import type { Field } from '../../transports/as2/mime/entity.ts'
import type { Protection } from '../../transports/as2/protection.ts'
import { type SealedReceipt, sealReceipt } from '../../transports/as2/receipt.ts'
import { isReceipt, readReceipt } from '../../transports/as2/receipt-reading.ts'
import { type As2Request, readAs2Request } from '../../transports/as2/request.ts'
import { unwrap } from '../../transports/as2/unwrap.ts'
import { wrap } from '../../transports/as2/wrap.ts'
import { showDefect } from '../defect.ts'
import type { Faults } from '../faults.ts'
import { forgetOldest } from './trading-partner.ts'

/** The two ends, and what a station does with what comes. */
export interface As2StationParts {
  readonly name: string
  readonly hubName: string
  readonly identity: Identity
  readonly hub: Certificate
  /** Where the hub takes messages. */
  readonly hubUrl: string
  readonly faults: Faults
  readonly random: () => number
  readonly receive: (bytes: Uint8Array) => Promise<void>
  /** Between two attempts of a message that the hub does not take now, and how late a late receipt is; real milliseconds. */
  readonly retryMs: number
  readonly lateMs: number
}

/**
 * A partner's door for AS2, and its sender: everything is signed and encrypted, every message asks for a signed receipt, one for an
 * answer that carries it, the next for one that comes later.
 */
export class As2Station {
  /** Receipts of the hub that prove a message of ours, those that do not, and receipts that were given. */
  confirmed = 0
  unconfirmed = 0
  receipts = 0
  readonly #parts: As2StationParts
  readonly #listener: As2Listener
  readonly #waiting = new Map<string, Mic>()
  readonly #given = new Map<string, SealedReceipt>()
  #url = ''
  #count = 0
  #isOver = false

  constructor(parts: As2StationParts) {
    this.#parts = parts
    this.#listener = new As2Listener({
      receive: (fields, body) => this.#take(fields, body),
      bytesMost: 10_000_000,
      arrivingBytesMost: 50_000_000,
      connectionsMost: 50,
      requestMs: 30_000,
    })
  }

  async listen(): Promise<number> {
    const port = await this.#listener.listen(0, '127.0.0.1')
    this.#url = `http://127.0.0.1:${port}/as2`
    return port
  }

  async close(): Promise<void> {
    this.#isOver = true
    await this.#listener.close()
  }

  /** Sends a document; the same bytes under the same Message-ID until the hub has taken them or says no. */
  async send(filename: string, content: Uint8Array): Promise<void> {
    const { name, hubName } = this.#parts
    const protection = this.#protection()
    const { fields, body, mic } = await wrap({ content, contentType: 'application/EDI-X12', filename }, protection)
    const messageId = `<${randomUUID()}@${name.toLowerCase()}.example>`
    const isLater = this.#count++ % 2 === 1
    const headers = {
      'AS2-Version': '1.2',
      'AS2-From': name,
      'AS2-To': hubName,
      'Message-ID': messageId,
      'Disposition-Notification-To': `edi@${name.toLowerCase()}.example`,
      'Disposition-Notification-Options':
        'signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha-256',
      ...(isLater ? { 'Receipt-Delivery-Option': this.#url } : {}),
      ...fields,
    }
    this.#waiting.set(messageId, mic)
    forgetOldest(this.#waiting)
    for (let attempt = 0; !this.#isOver && attempt < attemptsMost; attempt++) {
      const answer = await this.#post(this.#parts.hubUrl, headers, body)
      if (answer.status >= 200 && answer.status < 300) {
        if (!isLater) this.#hear(answer.fields, answer.body)
        return
      }
      if (answer.status >= 400 && answer.status < 500) break
      await this.#rest(attempt)
    }
    this.unconfirmed++
  }

  async #take(fields: readonly Field[], body: Buffer): Promise<As2Answer> {
    try {
      const message = readAs2Request(fields, body)
      if (isReceipt(message.entity)) {
        this.#hear(fields, body)
        return { status: 200 }
      }
      const known = this.#given.get(message.messageId)
      return await this.#answer(message, known ?? (await this.#open(message)))
    } catch (error) {
      showDefect(error)
      return { status: 400 }
    }
  }

  /** Opens a message, hands its document over, and seals the receipt that it gets now and whenever it comes again. */
  async #open(message: As2Request): Promise<SealedReceipt> {
    const { identity, hub, faults, random, receive, name, hubName } = this.#parts
    const { content, mic } = await unwrap(message.entity, {
      own: [identity],
      trusted: [hub],
      allowLegacy: false,
      bytesMost: 10_000_000,
      signatureNeeded: true,
      digest: () => digestNamed('sha256'),
    })
    const told = faults.strikes('edi.wrongMic', random) ? { ...mic, value: Buffer.alloc(mic.value.length, 7) } : mic
    const { sign } = this.#protection()
    const sealed = sealReceipt(
      {
        from: name,
        to: hubName,
        originalRecipient: name,
        originalMessageId: message.messageId,
        disposition: { kind: 'processed' },
        mic: told,
        spelling: 'new',
        text: 'Received by the simulated partner.',
      },
      { messageId: `<${randomUUID()}@${name.toLowerCase()}.example>`, at: Date.now(), product: 'simulated', sign },
    )
    this.#given.set(message.messageId, sealed)
    forgetOldest(this.#given)
    receive(content).catch(showDefect)
    return sealed
  }

  async #answer({ receipt }: As2Request, sealed: SealedReceipt): Promise<As2Answer> {
    const { faults, random, lateMs } = this.#parts
    const pauseMs = faults.strikes('edi.lateMdn', random) ? lateMs : 0
    this.receipts++
    if (receipt?.url === undefined) {
      await sleep(pauseMs)
      return { status: 200, ...sealed }
    }
    this.#deliver(receipt.url, sealed, pauseMs).catch(showDefect)
    return { status: 204 }
  }

  async #deliver(url: string, { fields, body }: SealedReceipt, pauseMs: number): Promise<void> {
    await sleep(pauseMs)
    for (let attempt = 0; !this.#isOver && attempt < attemptsMost; attempt++) {
      const { status } = await this.#post(url, fields, body)
      if (status >= 200 && status < 500) return
      await this.#rest(attempt)
    }
  }

  /** Longer and longer: a hub that drains or starts is not hurried. */
  #rest(attempt: number): Promise<void> {
    const { retryMs } = this.#parts
    return sleep(Math.min(retryMs * 2 ** attempt, retryMs * 20))
  }

  /** A receipt of the hub: it counts where the digest is that of what was sent. */
  #hear(fields: readonly Field[], body: Buffer): void {
    const own = fields.filter(({ name }) => /^content-(?:type|transfer-encoding)$/i.test(name))
    const entity = { fields: own, content: body, whole: body }
    const { originalMessageId, mic, signedBy } = readReceipt(entity, { trusted: [this.#parts.hub], allowLegacy: false })
    const sent = this.#waiting.get(originalMessageId)
    if (sent === undefined) return
    this.#waiting.delete(originalMessageId)
    if (signedBy !== undefined && mic !== undefined && sameMic(mic, sent)) this.confirmed++
    else this.unconfirmed++
  }

  async #post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly fields: readonly Field[]; readonly body: Buffer }> {
    try {
      const answer = await request(url, { method: 'POST', headers, body, headersTimeout: 30_000 })
      const fields = Object.entries(answer.headers).map(([name, value]) => ({ name, value: String(value) }))
      return { status: answer.statusCode, fields, body: Buffer.from(await answer.body.arrayBuffer()) }
    } catch {
      // No answer: the hub may be away, or may have taken it; it gets the same bytes again either way.
      return { status: 0, fields: [], body: Buffer.alloc(0) }
    }
  }

  #protection(): Protection & { readonly sign: NonNullable<Protection['sign']> } {
    const { identity, hub } = this.#parts
    const digest = digestNamed('sha256')
    return {
      compress: 'no',
      digest,
      sign: { signer: identity, digest, form: 'detached', spelling: 'new', at: Date.now() },
      encrypt: { recipients: [hub], cipher: cipherNamed('aes256-cbc'), keyTransport: 'v1.5' },
    }
  }
}

/** A hub that is away for longer is told nothing any more. */
const attemptsMost = 30
