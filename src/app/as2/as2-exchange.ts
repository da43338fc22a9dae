import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { Outbound } from '../../flow/ports.ts'
import { As2ReceivedMessages } from '../../registry/as2-received.ts'
import { As2SentMessages } from '../../registry/as2-sent.ts'
import { As2Client } from '../../transports/as2/as2-client.ts'
import { Spool } from '../../transports/as2/large/spool.ts'
import { As2Listener } from '../../transports/as2/listener.ts'
import { rejectsImplicitly } from '../../transports/as2/self-test.ts'
import type { DialOptions } from '../../transports/dial.ts'
import { defineGauge, type Signals } from '../../watch/signals.ts'
import type { ServerCertificate } from '../access/server-certificate.ts'
import { diskRoom, type Watermark } from '../start/disk.ts'
import { opened } from '../start/door.ts'
import { As2Door, type As2DoorOptions } from './as2-door.ts'
import { As2Outbound } from './as2-outbound.ts'
import type { As2Partner } from './as2-partner.ts'
import { As2Receipts } from './as2-receipts.ts'
import { CertificateWatch, daysLeft, daysUntil } from './certificate-watch.ts'
import { ReceiptTeller } from './receipt-teller.ts'

/** Partners, and the parts of the hub that AS2 works with. */
export interface As2ExchangeOptions {
  readonly partners: readonly As2Partner[]
  readonly pool: Pick<Pool, 'query'>
  readonly signals: Signals
  /** The way of everything else, and of receipts that are given later. */
  readonly outbound: Outbound
  /** Refuses destinations even inside allowed ranges. */
  readonly isOwn: DialOptions['isOwn']
  readonly version: string
  /** Largest document where it may come in parts. */
  readonly documentBytesMost: number
  /** What takes files in parts, once it is there. */
  readonly largeFiles: () => As2DoorOptions['largeFiles']
  /** Where messages lie that are too large for memory while they are opened; absent: everything is opened in memory. */
  readonly disk?: { readonly directory: string; readonly watermark: Watermark }
  /** Of the door, where it speaks HTTPS by itself. */
  readonly certificate?: ServerCertificate
}

/** Everything that goes by AS2: what partners send, what is sent to them, and the receipts of both. */
export class As2Exchange {
  readonly outbound: As2Outbound
  readonly #options: As2ExchangeOptions
  readonly #received: As2ReceivedMessages
  readonly #sent: As2SentMessages
  readonly #receipts: As2Receipts
  readonly #strict: As2Client
  readonly #lenient: As2Client
  #partners: readonly As2Partner[]
  #loops: { readonly node: FlowNode; readonly watch: CertificateWatch } | undefined
  #runs = false
  #place: { readonly node: FlowNode; readonly host: string; readonly port: number } | undefined
  #listener: As2Listener | undefined

  constructor(options: As2ExchangeOptions) {
    this.#options = options
    const { pool, signals, outbound, isOwn } = options
    this.#partners = options.partners
    const partners = (): readonly As2Partner[] => this.#partners
    const database = { query: async (text: string, values: readonly unknown[]) => pool.query(text, [...values]) }
    const now = (): number => Date.now()
    this.#received = new As2ReceivedMessages(database)
    this.#sent = new As2SentMessages(database)
    this.#receipts = new As2Receipts({ partners, received: this.#received, sent: this.#sent, outbound, signals, now })
    this.#strict = new As2Client({ isOwn, isLenient: false })
    this.#lenient = new As2Client({ isOwn, isLenient: true })
    this.outbound = new As2Outbound({
      others: outbound,
      strict: this.#strict,
      lenient: this.#lenient,
      partners,
      sent: this.#sent,
      receipts: this.#receipts,
      now,
    })
  }

  /** Loops and figures: once there is a partner. */
  start(node: FlowNode, registry: Registry): void {
    const partners = (): readonly As2Partner[] => this.#partners
    this.#loops = { node, watch: new CertificateWatch(partners, this.#options.signals, () => Date.now()) }
    defineAs2Gauges(registry, partners, this.#sent)
    const { certificate } = this.#options
    if (certificate !== undefined) defineDoorGauge(registry, () => daysUntil(certificate.current.validTo, Date.now()))
    this.#run()
  }

  /** Opens the door, at once or when the first partner is declared. Answers its port; undefined where it stays closed. */
  async listen(
    node: FlowNode,
    { host, port }: { readonly host: string; readonly port: number },
  ): Promise<number | undefined> {
    this.#place = { node, host, port }
    return this.#open()
  }

  /** From now on with these partners. The door stays open when the last one goes: strangers hear that they are. */
  async update(partners: readonly As2Partner[]): Promise<void> {
    this.#partners = partners
    this.#run()
    await this.#open()
  }

  #run(): void {
    if (this.#runs || this.#loops === undefined || this.#partners.length === 0) return
    const { node, watch } = this.#loops
    this.#runs = true
    const teller = new ReceiptTeller({
      sent: this.#sent,
      partners: () => this.#partners,
      intake: node.intake,
      partitions: node.place.advance.length,
    })
    node.run('as2-receipts', () => this.#receipts.round(), 1000)
    node.run('as2-receipt-news', () => teller.round(), 1000)
    node.run('as2-certificates', async () => (watch.round(), false), 3_600_000)
    node.run('as2-door-certificate', async () => (this.#renew(), false), 60_000)
    node.run('as2-forgetting', async () => (await this.#forget(), false), 3_600_000)
  }

  async #open(): Promise<number | undefined> {
    const { signals, version, certificate, documentBytesMost, largeFiles, disk } = this.#options
    if (this.#place === undefined || this.#listener !== undefined || this.#partners.length === 0) return undefined
    const { node, host, port } = this.#place
    const { intake } = node
    if (!rejectsImplicitly()) {
      signals.as2Unsafe({ version: process.versions.openssl })
      return undefined
    }
    const spool = disk === undefined ? undefined : await openSpool(disk)
    const door = new As2Door({
      partners: () => this.#partners,
      intake,
      received: this.#received,
      receipts: this.#receipts,
      // The loop does the same a moment later, and tells what fails.
      hurry: () => {
        this.#receipts.round().catch(() => {})
      },
      signals,
      documentBytesMost,
      ...(spool === undefined ? {} : { spool }),
      largeFiles: largeFiles(),
      now: () => Date.now(),
      product: `interline ${version}`,
    })
    // Base64 and the layers take room beside the document.
    const bytesMost = Math.ceil(Math.max(limits.rawBodyBytes, documentBytesMost) * 1.4) + 64 * 1024
    this.#listener = new As2Listener({
      receive: (fields, body) => door.receive(fields, body),
      ...(spool === undefined
        ? {}
        : {
            large: {
              spool,
              memoryBytesMost: wireBytesInMemory,
              receive: (fields, body, message) => door.receive(fields, body, message),
            },
          }),
      bytesMost,
      arrivingBytesMost: spool === undefined ? Math.max(limits.arrivingBytes, 2 * bytesMost) : limits.arrivingBytes,
      connectionsMost: 200,
      requestMs: 300_000,
      ...(certificate === undefined ? {} : { pem: certificate.current.pem }),
    })
    const listener = this.#listener
    const name = 'The door for AS2 (INTERLINE_AS2_PORT)'
    const listening = await opened({ name, host, port }, () => listener.listen(port, host))
    signals.as2Opened({ port: listening, count: this.#partners.length })
    return listening
  }

  async close(): Promise<void> {
    await this.#listener?.close()
  }

  /** Resets what is on its way to partners: when nothing is sent any more. */
  hangUp(): void {
    this.#strict.close()
    this.#lenient.close()
  }

  /** A certificate that cannot be used leaves the one before in place, and somebody is told. */
  #renew(): void {
    try {
      const fresh = this.#options.certificate?.refresh()
      if (fresh === undefined) return
      this.#listener?.renew(fresh.pem)
      this.#options.signals.as2DoorRenewed({ days: daysUntil(fresh.validTo, Date.now()) })
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      this.#options.signals.as2DoorUnrenewed({ code: error.code })
    }
  }

  async #forget(): Promise<void> {
    await this.#received.trim(receivedDays)
    await this.#sent.trim(sentDays)
  }
}

/** When the certificate of the door itself ends. */
export function defineDoorGauge(registry: Registry, days: () => number): void {
  defineGauge(registry, {
    name: 'interline_as2_door_certificate_days',
    help: 'Days until the certificate that the door for AS2 shows expires; negative afterwards.',
    labels: [],
    read: async () => [{ labels: {}, value: days() }],
  })
}

async function openSpool({ directory, watermark }: NonNullable<As2ExchangeOptions['disk']>): Promise<Spool> {
  const place = join(directory, 'as2-spool')
  await rm(place, { recursive: true, force: true })
  const floor = watermark.watermarkMegabytes * 1_048_576
  return Spool.open({ directory: place, room: async () => (await diskRoom(place, watermark)).freeBytes - floor })
}

/** What comes in more is opened on disk. */
const wireBytesInMemory = 1_048_576
/** Longer than anybody repeats a message. */
const receivedDays = 30
/** Receipts are proofs of delivery. */
const sentDays = 400

/** What stands still or comes to its end, for a dashboard and an alarm. */
export function defineAs2Gauges(
  registry: Registry,
  partners: () => readonly As2Partner[],
  sent: Pick<As2SentMessages, 'overdue'>,
): void {
  defineGauge(registry, {
    name: 'interline_as2_receipts_overdue',
    help: 'Documents sent by AS2 whose receipt should have come by now.',
    labels: ['connection'],
    read: async () => {
      if (partners().length === 0) return []
      const overdue = await sent.overdue()
      return partners().map(({ connection: { id } }) => ({ labels: { connection: id }, value: overdue.get(id) ?? 0 }))
    },
  })
  defineGauge(registry, {
    name: 'interline_as2_certificate_days',
    help: 'Days until the last usable certificate of this use expires; negative afterwards.',
    labels: ['connection', 'use'],
    read: async () => daysLeft(partners(), Date.now()).map(({ days, ...labels }) => ({ labels, value: days })),
  })
  defineGauge(registry, {
    name: 'interline_as2_legacy_allowed',
    help: '1 where SHA-1 and 3DES are still taken from a partner.',
    labels: ['connection'],
    read: async () =>
      partners().map(({ connection: { id }, legacyAlgorithms }) => ({
        labels: { connection: id },
        value: legacyAlgorithms ? 1 : 0,
      })),
  })
}
