import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { digestNamed } from '../../src/transports/as2/cms/digests.ts'
import { type MadeIdentity, makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { type As2Answer, As2Listener } from '../../src/transports/as2/listener.ts'
import { type Mic, sameMic } from '../../src/transports/as2/mic.ts'
import type { Entity, Field } from '../../src/transports/as2/mime/entity.ts'
import { type Permutation, protectionOf } from '../../src/transports/as2/permutation.contract.ts'
import { type ReadReceipt, readReceipt } from '../../src/transports/as2/receipt-reading.ts'
import { wrap } from '../../src/transports/as2/wrap.ts'

export interface Message {
  readonly fields: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly mic: Mic
}

export interface Answered {
  readonly status: number
  readonly fields: readonly Field[]
  readonly body: Buffer
}

/** Files with keys and certificates of both sides, as a network file names them. */
export class KeyFiles {
  readonly directory = mkdtempSync(join(tmpdir(), 'interline-as2-'))

  /** Writes `<name>.pem` with certificate and key, and `<name>.crt`. */
  keep(
    name: string,
    { certificatePem, keyPem }: MadeIdentity,
  ): { readonly identity: string; readonly certificate: string } {
    const [identity, certificate] = [join(this.directory, `${name}.pem`), join(this.directory, `${name}.crt`)]
    writeFileSync(identity, certificatePem + keyPem, { mode: 0o600 })
    writeFileSync(certificate, certificatePem)
    return { identity, certificate }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** A partner that sends by our own implementation. */
export class TestPartner {
  readonly identity: MadeIdentity
  readonly hub: MadeIdentity
  readonly name: string
  readonly hubName: string
  url = ''

  constructor(options: {
    readonly name: string
    readonly hubName: string
    readonly hub: MadeIdentity
    readonly identity?: MadeIdentity
  }) {
    this.name = options.name
    this.hubName = options.hubName
    this.hub = options.hub
    this.identity = options.identity ?? makeIdentity(options.name)
  }

  async write(
    content: Uint8Array,
    options: {
      readonly permutation?: Partial<Permutation>
      readonly messageId?: string
      readonly signer?: MadeIdentity
      readonly receiver?: MadeIdentity
      readonly receiptUrl?: string
      readonly receipt?: 'none' | 'signed' | 'unsigned'
      readonly digests?: string
    } = {},
  ): Promise<Message> {
    const permutation = { ...usual, ...options.permutation }
    const parties = { sender: options.signer ?? this.identity, receiver: options.receiver ?? this.hub }
    const wrapped = await wrap(
      { content, contentType: 'text/csv', filename: 'count.csv' },
      protectionOf(permutation, parties),
    )
    const { receipt = 'signed', receiptUrl, digests = 'sha-256' } = options
    const protocol = receipt === 'signed' ? 'signed-receipt-protocol=optional, pkcs7-signature; ' : ''
    const fields = {
      'AS2-Version': '1.2',
      'AS2-From': this.name,
      'AS2-To': this.hubName,
      'Message-ID': options.messageId ?? `<${randomUUID()}@${this.name}>`,
      ...(receipt === 'none' ? {} : { 'Disposition-Notification-To': 'me@partner.example' }),
      ...(receipt === 'none'
        ? {}
        : { 'Disposition-Notification-Options': `${protocol}signed-receipt-micalg=optional, ${digests}` }),
      ...(receiptUrl === undefined ? {} : { 'Receipt-Delivery-Option': receiptUrl }),
      ...wrapped.fields,
    }
    return { fields, body: wrapped.body, mic: wrapped.mic }
  }

  async post({ fields, body }: Pick<Message, 'fields' | 'body'>): Promise<Answered> {
    const answer = await request(this.url, { method: 'POST', headers: fields, body })
    const got = Object.entries(answer.headers).map(([name, value]) => ({ name, value: String(value) }))
    return { status: answer.statusCode, fields: got, body: Buffer.from(await answer.body.arrayBuffer()) }
  }

  /** Reads a receipt; throws when its signature is not the hub's. */
  read({ fields, body }: Pick<Answered, 'fields' | 'body'>): ReadReceipt {
    return readReceipt(entityOf(fields, body), { trusted: [this.hub.certificate], allowLegacy: true })
  }
}

/** Whether a receipt, signed by the hub, says that exactly this was taken. */
export function confirms({ mic, signedBy, disposition, originalMessageId }: ReadReceipt, message: Message): boolean {
  const same = mic !== undefined && sameMic(mic, message.mic)
  return (
    same &&
    signedBy !== undefined &&
    disposition.kind === 'processed' &&
    originalMessageId === message.fields['Message-ID']
  )
}

export function entityOf(fields: readonly Field[], body: Buffer): Entity {
  return {
    fields: fields.filter(({ name }) => /^content-(?:type|transfer-encoding)$/i.test(name)),
    content: body,
    whole: body,
  }
}

/** A server on loopback that takes what comes at `/as2`. */
export async function listen(
  receive: (fields: readonly Field[], body: Buffer) => Promise<As2Answer>,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const listener = new As2Listener({
    receive,
    bytesMost: 10_000_000,
    arrivingBytesMost: 50_000_000,
    connectionsMost: 20,
    requestMs: 10_000,
  })
  return { port: await listener.listen(0, '127.0.0.1'), close: () => listener.close() }
}

const usual: Permutation = {
  sign: 'detached',
  cipher: 'aes256-cbc',
  keyTransport: 'v1.5',
  compress: 'no',
  digest: digestNamed('sha256').name,
}
