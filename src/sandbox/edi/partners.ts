import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeInstant } from '../../base/instant.ts'
import type { Certificate } from '../../transports/as2/certificate.ts'
import { makeKeyPair } from '../../transports/sftp/keys.ts'
import type { Happening } from '../day.ts'
import { declareNetwork } from '../declaration.ts'
import { showDefect } from '../defect.ts'
import type { Faults } from '../faults.ts'
import { As2Station } from './as2-station.ts'
import { consignmentStatus, despatchAdvice, type Line, orderAnswer } from './documents.ts'
import type { EdiHappening } from './edi-day.ts'
import { balticaNetwork, northgateNetwork } from './edi-network.ts'
import { House } from './house.ts'
import { MailboxStation } from './mailbox-station.ts'
import { certificatePart, stationIdentity } from './station-identity.ts'
import { type Told, TradingPartner, type TradingPartnerParts } from './trading-partner.ts'

/** How long people take, in real milliseconds. */
export interface EdiPace {
  /** From a document to its acknowledgement, and from one step of our own systems to the next. */
  readonly lookMs: number
  readonly stepMs: number
  /** A late receipt. */
  readonly lateMs: number
  readonly retryMs: number
}
const usualPace: EdiPace = { lookMs: 2000, stepMs: 4000, lateMs: 90_000, retryMs: 1000 }

/** Where the hub is, and who works around it. */
export interface EdiPartnersOptions {
  /** The data directory. */
  readonly directory: string
  readonly as2Port: number
  readonly mailboxPort: number
  readonly faults: Faults
  readonly random: () => number
  readonly firstNumber: number
  /** Our own systems tell the hub something. */
  readonly tell: (news: Omit<Happening, 'second'>) => Promise<void>
  readonly pace?: EdiPace
}

/** What became of documents between a partner and the hub. */
export interface EdiCounts {
  readonly sent: number
  readonly taken: number
  readonly acknowledged: number
  readonly refused: number
}

/** The trading partners of the simulated network: a retailer that speaks X12 by AS2, and a trading house that speaks EDIFACT over a mailbox. */
export class EdiPartners {
  readonly #northgate: TradingPartner
  readonly #baltica: TradingPartner
  readonly #station: As2Station
  readonly #box: MailboxStation
  readonly #house: House

  /** Opens the doors of the partners and declares them to the hub, which must not have started yet. */
  static async open(options: EdiPartnersOptions): Promise<EdiPartners> {
    const { directory } = options
    const [own, hub] = await Promise.all([
      stationIdentity(join(directory, 'northgate', 'station.pem'), 'NORTHGATE'),
      stationIdentity(join(directory, 'secrets', identityFile), 'MERIDIAN'),
    ])
    const { publicKey, privateKey } = mailboxKeys(join(directory, 'northgate', 'mailbox.json'))
    const partners = new EdiPartners(options, { own, hub: hub.certificate, privateKey })
    const port = await partners.#station.listen()
    mkdirSync(join(directory, 'simulated', 'northgate'), { recursive: true })
    writeFileSync(join(directory, 'simulated', 'northgate', certificateFile), certificatePart(own.pem))
    const places = {
      stationUrl: `http://127.0.0.1:${port}/as2`,
      hubUrl: hubUrlOf(options),
      identityFile,
      certificateFile,
      mailboxKey: publicKey,
    }
    declareNetwork(directory, northgateNetwork(places), { source: 'simulated', file: 'northgate/partner.json' })
    declareNetwork(directory, balticaNetwork(places), { source: 'simulated', file: 'baltica/partner.json' })
    return partners
  }

  private constructor(
    options: EdiPartnersOptions,
    keys: {
      readonly own: Awaited<ReturnType<typeof stationIdentity>>
      readonly hub: Certificate
      readonly privateKey: string
    },
  ) {
    const { directory, mailboxPort, faults, random, firstNumber, tell, pace = usualPace } = options
    this.#house = new House({ tell, pauseMs: pace.stepMs })
    const common: Omit<TradingPartnerParts, 'id' | 'version' | 'deliver'> = {
      ...{ hubId: 'MERIDIAN', faults, random, firstNumber, lookMs: pace.lookMs },
      accepted: ({ asks }) => {
        if (asks !== undefined) this.#house.serve(asks).catch(showDefect)
      },
    }
    this.#station = new As2Station({
      ...{ name: 'NORTHGATE', hubName: 'MERIDIAN', identity: keys.own, hub: keys.hub, hubUrl: hubUrlOf(options) },
      ...{ faults, random, retryMs: pace.retryMs, lateMs: pace.lateMs },
      receive: (bytes) => this.#northgate.receive(bytes),
    })
    this.#box = new MailboxStation({
      ...{ port: mailboxPort, user: 'baltica', privateKey: keys.privateKey, retryMs: pace.retryMs },
      hostKeyFile: join(directory, 'mailbox.key'),
    })
    this.#northgate = new TradingPartner({
      ...{ ...common, id: 'NORTHGATE', version: '004010' },
      deliver: (name, bytes) => this.#station.send(name, bytes),
    })
    this.#baltica = new TradingPartner({
      ...{ ...common, id: 'BALTICA', version: 'D.96A' },
      deliver: (name, bytes) => this.#box.send(name, bytes),
      received: (told) => supply(told, this.#baltica, pace.stepMs),
    })
  }

  /** What a partner sends on its own account. */
  tell({ partner, told }: EdiHappening): Promise<void> {
    return (partner === 'northgate' ? this.#northgate : this.#baltica).tell(told)
  }

  /** Looks into the mailbox. Resolves when all that lay there has been answered. */
  async look(): Promise<void> {
    await Promise.all((await this.#box.look()).map((bytes) => this.#baltica.receive(bytes)))
  }

  /** Documents that somebody works on. */
  get underway(): number {
    return this.#northgate.underway + this.#baltica.underway + this.#house.underway
  }

  get northgate(): EdiCounts & { readonly receipts: number; readonly confirmed: number } {
    const { receipts, confirmed } = this.#station
    return { ...countsOf(this.#northgate), receipts, confirmed }
  }

  get baltica(): EdiCounts {
    return countsOf(this.#baltica)
  }

  async close(): Promise<void> {
    await Promise.all([this.#station.close(), this.#box.close()])
  }
}

/** The trading house answers an order of ours, sends the goods and says where they are. */
async function supply({ set, document }: Told, baltica: TradingPartner, stepMs: number): Promise<void> {
  const number = document['number']
  if (set !== 'ORDERS' || typeof number !== 'string') return
  const minute = (): string => writeInstant(Date.now()).slice(0, 16)
  const about = { number, on: minute().slice(0, 10), lines: linesOf(document['lines']) }
  await baltica.tell({ set: 'ORDRSP', document: orderAnswer(about) })
  await sleep(stepMs)
  const asks = { ...about, kind: 'receipt', partner: 'BALTICA', trackingNumber: '' } as const
  await baltica.tell({ set: 'DESADV', document: despatchAdvice(about), asks })
  await baltica.tell({ set: 'IFTSTA', document: consignmentStatus(`C${number}`, '13', minute()) })
  await sleep(stepMs)
  await baltica.tell({ set: 'IFTSTA', document: consignmentStatus(`C${number}`, '21', minute()) })
}

function linesOf(lines: unknown): readonly Line[] {
  const listed = (value: unknown) =>
    Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : []
  return listed(lines).map(({ product, quantities }) => ({
    sku: String(product),
    quantity: String(listed(quantities)[0]?.['quantity']),
    price: '0',
  }))
}

/** The partner's key for its mailbox, made once. */
function mailboxKeys(path: string): { readonly publicKey: string; readonly privateKey: string } {
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(makeKeyPair()), { mode: 0o600 })
  return JSON.parse(readFileSync(path, 'utf8')) as { publicKey: string; privateKey: string }
}

function countsOf({ sent, taken, acknowledged, refused }: TradingPartner): EdiCounts {
  return { sent, taken, acknowledged, refused }
}

function hubUrlOf({ as2Port }: EdiPartnersOptions): string {
  return `http://127.0.0.1:${as2Port}/as2`
}

const identityFile = 'simulated-as2.pem'
const certificateFile = 'northgate.crt'
