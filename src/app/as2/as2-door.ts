import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Intake } from '../../flow/intake/intake.ts'
import type { As2Received, As2ReceivedMessages } from '../../registry/as2-received.ts'
import { type Disposition, dispositionOf, writeDisposition } from '../../transports/as2/disposition.ts'
import { As2Failure } from '../../transports/as2/failure.ts'
import type { MessageSpool, Spool } from '../../transports/as2/large/spool.ts'
import type { Stretch } from '../../transports/as2/large/stretch.ts'
import type { As2Answer } from '../../transports/as2/listener.ts'
import { digestWanted, type Mic, writeMic } from '../../transports/as2/mic.ts'
import type { Field } from '../../transports/as2/mime/entity.ts'
import { type SealedReceipt, sealReceipt } from '../../transports/as2/receipt.ts'
import { isReceipt } from '../../transports/as2/receipt-reading.ts'
import { type As2Request, readAs2Request } from '../../transports/as2/request.ts'
import type { UnwrappedTo } from '../../transports/as2/unwrap.ts'
import { unwrapAnywhere } from '../../transports/as2/unwrap-anywhere.ts'
import type { Signals } from '../../watch/signals.ts'
import type { PickUpOptions } from '../files/running-pick-up.ts'
import { type As2Partner, signerAt, trustedAt } from './as2-partner.ts'

/** Partners, and where their documents go. */
export interface As2DoorOptions {
  readonly partners: () => readonly As2Partner[]
  readonly intake: Pick<Intake, 'accept'>
  readonly received: As2ReceivedMessages
  /** A receipt for something that we sent. */
  readonly receipts: { accept(request: As2Request, partner: As2Partner): Promise<As2Answer> }
  /** There is an asynchronous receipt to send. */
  readonly hurry: () => void
  readonly signals: Signals
  /** Largest document where it may come in parts. */
  readonly documentBytesMost: number
  /** Where messages lie that are too large for memory; without it there are none. */
  readonly spool?: Spool
  /** Takes documents that are too large for one message. */
  readonly largeFiles: PickUpOptions['largeFiles'] | undefined
  readonly now: () => number
  readonly product: string
}

/**
 * Where partners put messages by AS2. A document is in the inbox before its receipt exists, and the receipt is kept before it leaves:
 * whatever breaks in between, the partner asks again and gets the receipt, and the document is there once.
 */
export class As2Door {
  readonly #options: As2DoorOptions

  constructor(options: As2DoorOptions) {
    this.#options = options
  }

  /** Never rejects: what the hub cannot do now is 503, and the partner tries again. */
  async receive(
    fields: readonly Field[],
    body: Buffer | Stretch,
    spool = this.#options.spool?.message(),
  ): Promise<As2Answer> {
    try {
      return await this.#take({ request: readAs2Request(fields, body), spool })
    } catch (error) {
      if (error instanceof As2Failure) {
        this.#options.signals.as2Refused({ connection: '', code: error.code })
        return plain(400, error.code)
      }
      this.#options.signals.as2Failed({ code: error instanceof InterlineError ? error.code : 'INTERNAL' })
      return { ...plain(503, 'Not now.'), fields: { 'Content-Type': 'text/plain', 'Retry-After': '60' } }
    } finally {
      await spool?.close()
    }
  }

  async #take(arrived: Arrived): Promise<As2Answer> {
    const { request } = arrived
    const { partners, received, receipts, signals } = this.#options
    const partner = partners().find(
      ({ ourName, partnerName }) => ourName === request.to && partnerName === request.from,
    )
    if (partner === undefined) return this.#refuseStranger(request)
    if (isSmall(request) && isReceipt(request.entity)) return receipts.accept(request, partner)
    if (request.receipt?.url !== undefined && !mayAnswerAt(partner, request.receipt.url)) {
      signals.as2Refused({ connection: partner.connection.id, code: 'RECEIPT_HOST_REFUSED' })
      return plain(403, 'The address for the receipt is not agreed.')
    }
    const wireHash = await hashOf(request.entity.content)
    const known = await received.find(request, wireHash)
    if (known !== undefined && known.wireHash === wireHash) return this.#repeat(known)
    const judged = await this.#judge(arrived, partner)
    if (known !== undefined) return this.#repeat(known)
    return this.#answer(await received.keep({ ...judged, wireHash }))
  }

  /** Opens the message and puts its document into the inbox. */
  async #judge(arrived: Arrived, partner: As2Partner): Promise<Omit<As2Received, 'wireHash' | 'attempts'>> {
    const { request } = arrived
    try {
      const opened = await this.#open(arrived, partner)
      const isLarge = opened.content.length > partner.connection.bodyBytesMax
      const parts = { request, opened, partner }
      const outcome = await (isLarge ? this.#takeLarge(parts) : this.#takeWhole(parts))
      const disposition: Disposition =
        outcome === 'conflict' ? { kind: 'warning', modifier: 'duplicate-document' } : { kind: 'processed' }
      this.#options.signals.as2Received({ connection: partner.connection.id, outcome })
      return this.#row(request, partner, { disposition, mic: opened.mic })
    } catch (error) {
      const failure = failureOf(error)
      if (failure === undefined) throw error
      this.#options.signals.as2Refused({ connection: partner.connection.id, code: failure.code })
      return this.#row(request, partner, { disposition: dispositionOf(failure.code) })
    }
  }

  async #takeWhole({ request, opened, partner }: Opened): Promise<string> {
    const { outcome } = await this.#options.intake.accept({
      connection: partner.connection,
      body: Buffer.isBuffer(opened.content) ? opened.content : await opened.content.read(0, opened.content.length),
      contentType: opened.contentType,
      headers: headersOf(request, opened),
      trace: randomBytes(16).toString('hex'),
      identity: `as2:${JSON.stringify([request.from, request.to, request.messageId])}`,
    })
    return outcome
  }

  /** In parts, of which every one has an identity that follows from the bytes: a sender that did not wait for the receipt may come again. */
  async #takeLarge({ request, opened, partner }: Opened): Promise<string> {
    const { largeFiles } = this.#options
    if (largeFiles === undefined) throw new As2Failure('unexpected-processing-error', 'it is too large')
    const { connection } = partner
    const { content, contentType } = opened
    const name = headersOf(request, opened)['interline-file'] ?? 'as2'
    const bytes = Buffer.isBuffer(content) ? content : content.chunks()
    const save = (place: string): Promise<void> => writeFile(place, bytes, { flag: 'wx', mode: 0o600 })
    const refused = await largeFiles.accept({ name, size: content.length, save }, { connection, contentType })
    if (refused === 'IDENTITY_REUSED') return 'conflict'
    if (refused !== undefined) throw new As2Failure('unexpected-processing-error', refused)
    return 'accepted'
  }

  async #open({ request, spool }: Arrived, partner: As2Partner): Promise<UnwrappedTo<Bytes>> {
    const { legacyAlgorithms: allowLegacy, encryptionNeeded, signatureNeeded, connection, identities } = partner
    const opened = await unwrapAnywhere(request.entity, spool, {
      own: identities,
      trusted: trustedAt(partner, this.#options.now()),
      allowLegacy,
      bytesMost: mostOf(connection, this.#options.documentBytesMost),
      signatureNeeded,
      digest: () => digestWanted(request.receipt?.digests ?? [], { allowLegacy }),
    })
    if (encryptionNeeded && !opened.encrypted)
      throw new As2Failure('insufficient-message-security', 'it is not encrypted')
    return opened
  }

  #row(
    request: As2Request<Bytes>,
    partner: As2Partner,
    { disposition, mic }: { readonly disposition: Disposition; readonly mic?: Mic },
  ): Omit<As2Received, 'wireHash' | 'attempts'> {
    const { from, to, messageId, receipt } = request
    const sealed =
      receipt === undefined
        ? undefined
        : this.#seal(request, { disposition, partner, ...(mic === undefined ? {} : { mic }) })
    return {
      from,
      to,
      messageId,
      taken: disposition.kind === 'processed' || disposition.kind === 'warning',
      connection: partner.connection.id,
      disposition: writeDisposition(disposition),
      mic: mic === undefined ? '' : writeMic(mic),
      fields: sealed?.fields ?? {},
      body: sealed?.body ?? new Uint8Array(),
      url: receipt?.url ?? '',
    }
  }

  #seal(
    { from, to, messageId, receipt }: As2Request<Bytes>,
    said: { readonly disposition: Disposition; readonly mic?: Mic; readonly partner?: As2Partner },
  ): SealedReceipt {
    const { now, product } = this.#options
    const at = now()
    const { disposition, mic, partner } = said
    const signer = partner === undefined ? undefined : signerAt(partner, at)
    const wanted = signer !== undefined && partner !== undefined && receipt?.signed === true
    return sealReceipt(
      {
        from: to,
        to: from,
        originalRecipient: to,
        originalMessageId: messageId,
        disposition,
        ...(mic === undefined ? {} : { mic }),
        spelling: partner?.micSpelling ?? 'new',
        text: textOf(disposition),
      },
      {
        messageId: `<${randomUUID()}@interline>`,
        at,
        product,
        ...(wanted
          ? {
              sign: {
                signer,
                digest: mic?.digest ?? signingDigest(receipt.digests, partner),
                form: 'detached',
                spelling: partner.micSpelling,
                at,
              },
            }
          : {}),
      },
    )
  }

  /** Without a partner there is nobody whose address could be trusted: the answer itself carries the receipt, unsigned, or nothing does. */
  #refuseStranger(request: As2Request<Bytes>): As2Answer {
    this.#options.signals.as2Refused({ connection: '', code: 'unknown-trading-relationship' })
    if (request.receipt === undefined || request.receipt.url !== undefined)
      return plain(403, 'unknown-trading-relationship')
    return { status: 200, ...this.#seal(request, { disposition: dispositionOf('unknown-trading-relationship') }) }
  }

  async #repeat(known: As2Received): Promise<As2Answer> {
    this.#options.signals.as2Repeated({ connection: known.connection })
    if (known.url !== '') await this.#options.received.sendAgain(known)
    return this.#answer(known)
  }

  #answer({ fields, body, url }: As2Received): As2Answer {
    if (url !== '') {
      this.#options.hurry()
      return { status: 204 }
    }
    return body.length === 0 ? { status: 200 } : { status: 200, fields, body }
  }
}

/** Only what a person declared: the address comes from outside and could lead anywhere. */
export function mayAnswerAt({ receiptHosts, url }: As2Partner, address: string): boolean {
  const hosts = receiptHosts.length > 0 ? receiptHosts : [url]
  const target = URL.parse(address)
  return (
    target !== null &&
    hosts.some((one) => one === target.host || one === target.hostname || URL.parse(one)?.hostname === target.hostname)
  )
}

function signingDigest(listed: readonly string[], { legacyAlgorithms }: As2Partner): Mic['digest'] {
  try {
    return digestWanted(listed, { allowLegacy: legacyAlgorithms })
  } catch {
    return digestWanted([], { allowLegacy: false })
  }
}

/** What the partner did wrong; undefined for what went wrong here, after which it may try again. */
function failureOf(error: unknown): As2Failure | undefined {
  if (error instanceof As2Failure) return error
  if (error instanceof InterlineError && error.flow === 'refuse')
    return new As2Failure('unexpected-processing-error', error.code, error)
  return undefined
}

function headersOf(
  { from, to, messageId }: As2Request<Bytes>,
  { mic, signedBy, filename }: UnwrappedTo<Bytes>,
): Readonly<Record<string, string>> {
  return {
    'as2-from': from,
    'as2-to': to,
    'as2-message-id': messageId,
    'as2-mic': writeMic(mic),
    ...(signedBy === undefined ? {} : { 'as2-signed-by': signedBy.fingerprint }),
    ...(filename === undefined ? {} : { 'interline-file': filename }),
  }
}

function textOf(disposition: Disposition): string {
  return disposition.kind === 'processed'
    ? 'The message was received, verified and stored. This says nothing about its content.'
    : `The message was received: ${disposition.kind}, ${disposition.modifier}.`
}

function plain(status: number, text: string): As2Answer {
  return { status, fields: { 'Content-Type': 'text/plain' }, body: Buffer.from(`${text}\n`) }
}

/** A document that was opened. */
interface Opened {
  readonly request: As2Request<Bytes>
  readonly opened: UnwrappedTo<Bytes>
  readonly partner: As2Partner
}

/** In memory, or on disk where it is large. */
type Bytes = Buffer | Stretch

/** A message, and where its layers may lie while it is opened. */
interface Arrived {
  readonly request: As2Request<Bytes>
  readonly spool: MessageSpool | undefined
}

/** A receipt is small. */
function isSmall(request: As2Request<Bytes>): request is As2Request {
  return Buffer.isBuffer(request.entity.content)
}

async function hashOf(content: Bytes): Promise<string> {
  const hash = createHash('sha256')
  if (Buffer.isBuffer(content)) hash.update(content)
  else for await (const chunk of content.chunks()) hash.update(chunk)
  return hash.digest('hex')
}

/** What counts only whole has room in one message; so has everything where nobody allowed more than a message. */
function mostOf({ bodyBytesMax, connector }: As2Partner['connection'], documentBytesMost: number): number {
  const mayBeLarge = connector.inbound?.large !== undefined && documentBytesMost > limits.rawBodyBytes
  return mayBeLarge ? documentBytesMost : bodyBytesMax
}
