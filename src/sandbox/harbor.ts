import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeInstant } from '../base/instant.ts'
import { writeAnswer } from '../edi/acknowledge/write.ts'
import { generateInterchange } from '../edi/map/generate.ts'
import type { EdiDocument } from '../edi/map/read.ts'
import { chooseSet } from '../edi/overlay/open.ts'
import { readInterchange } from './edi/interchange-reading.ts'
import type { Faults } from './faults.ts'
import {
  type HarborLine,
  type HarborNews,
  receiptOf,
  shipNoticeOf,
  shippingAdviceOf,
  statusOf,
} from './harbor-documents.ts'

const grammar = chooseSet([])
const parties = {
  sender: { qualifier: 'ZZ', id: 'HARBOR', routing: '' },
  receiver: { qualifier: 'ZZ', id: 'MERIDIAN', routing: '' },
}

/** How long its people take, in real milliseconds. */
export interface HarborPace {
  readonly packMs: number
  readonly driveMs: number
  readonly lateMs: number
  readonly halfMs: number
}
const usualPace: HarborPace = { packMs: 3000, driveMs: 8000, lateMs: 20_000, halfMs: 3000 }

/**
 * A third-party warehouse that speaks X12 over two folders: what it writes lies in `out`, what it gets in `in`. It answers every order
 * with a 997, packs it, says so with 945 and 856, and tells with 214 how its truck gets on.
 */
export class SandboxHarbor {
  /** Interchanges written, orders taken, and 997s that came for what was written. */
  sent = 0
  orders = 0
  acknowledged = 0
  readonly #folder: string
  readonly #faults: Faults
  readonly #random: () => number
  readonly #pace: HarborPace
  readonly #seen = new Set<string>()
  #working = 0
  #number: number

  constructor(parts: {
    readonly folder: string
    readonly faults: Faults
    readonly random: () => number
    /** Of its first interchange: two runs never share one. */
    readonly firstNumber: number
    readonly pace?: HarborPace
  }) {
    this.#folder = parts.folder
    this.#faults = parts.faults
    this.#random = parts.random
    this.#pace = parts.pace ?? usualPace
    this.#number = parts.firstNumber
    for (const name of ['in', 'out']) mkdirSync(join(this.#folder, name), { recursive: true })
    for (const name of readdirSync(join(this.#folder, 'in'))) this.#seen.add(name)
  }

  /** Goods have come in from a supplier. */
  async receive(number: string, purchaseOrder: string, lines: readonly HarborLine[]): Promise<void> {
    await this.#write('944', receiptOf({ number, at: now(), lines }, purchaseOrder))
  }

  /** Looks for new files. Resolves when all that they caused has been said. */
  async look(): Promise<void> {
    const names = readdirSync(join(this.#folder, 'in')).filter((name) => /^[^.].*\.edi$/.test(name))
    const fresh = names.filter((name) => !this.#seen.has(name))
    for (const name of fresh) this.#seen.add(name)
    this.#working += fresh.length
    try {
      await Promise.all(fresh.map((name) => this.#take(readFileSync(join(this.#folder, 'in', name)))))
    } finally {
      this.#working -= fresh.length
    }
  }

  /** Orders that it works on, and files that nobody has fetched yet. */
  get underway(): number {
    return this.#working + readdirSync(join(this.#folder, 'out')).filter((name) => /\.(edi|part)$/.test(name)).length
  }

  async #take(bytes: Uint8Array): Promise<void> {
    const { documents, said, answers } = readInterchange(bytes)
    if (said.length > 0) this.acknowledged++
    for (const answer of answers) {
      const number = this.#next()
      const [date, time] = [now().slice(0, 10).replaceAll('-', ''), now().slice(11).replace(':', '')]
      await this.#answer(writeAnswer(answer, { interchange: number, group: number, date, time }).bytes)
    }
    const orders = documents.filter(({ set }) => set === '940')
    await Promise.all(orders.map(({ document }) => this.#ship(document)))
  }

  async #answer(bytes: Uint8Array): Promise<void> {
    if (this.#faults.strikes('harbor.late997', this.#random)) await sleep(this.#pace.lateMs)
    await this.#put('997', bytes)
  }

  async #ship(document: EdiDocument): Promise<void> {
    const number = textOf(document['order'])
    const lines = listOf(document['groups'])
      .flatMap((group) => listOf(group['lines']))
      .map((line) => ({ sku: textOf(line['product']), quantity: textOf(line['ordered']) }))
    if (number === '' || lines.length === 0) return
    this.orders++
    await sleep(this.#pace.packMs * (0.5 + this.#random()))
    const pro = `HB${number.replaceAll(/\D/g, '').slice(-9)}`
    const news = (): HarborNews => ({ number, at: now(), lines })
    await this.#write('945', shippingAdviceOf(news(), pro))
    await this.#write('856', shipNoticeOf(news()))
    await this.#write('214', statusOf(news(), pro, 'AF'))
    await sleep(this.#pace.driveMs * (0.5 + this.#random()))
    await this.#write('214', statusOf(news(), pro, 'D1'))
  }

  async #write(set: string, document: EdiDocument): Promise<void> {
    const at = now()
    const { bytes } = generateInterchange(document, grammar, {
      ...parties,
      set,
      version: '004010',
      controlNumber: this.#next(),
      date: at.slice(0, 10).replaceAll('-', ''),
      time: at.slice(11).replace(':', ''),
      isTest: false,
      lineEnd: '\n',
    })
    // The trailer of another interchange: nobody can say where this one ends.
    const isWrong = this.#faults.strikes('harbor.wrongNumber', this.#random)
    await this.#put(set, isWrong ? wrongTrailer(bytes) : bytes)
    if (this.#faults.strikes('harbor.duplicates', this.#random)) await this.#put(set, bytes)
  }

  /** Under a temporary name first, as careful partners do; `harbor.halfFile` is a partner that is not careful. */
  async #put(set: string, bytes: Uint8Array): Promise<void> {
    const name = `${set}-${String(this.sent + 1).padStart(6, '0')}-${this.#number}.edi`
    const path = join(this.#folder, 'out', name)
    this.sent++
    if (this.#faults.strikes('harbor.halfFile', this.#random)) {
      writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)))
      await sleep(this.#pace.halfMs)
      writeFileSync(path, bytes)
      return
    }
    writeFileSync(`${path}.part`, bytes)
    renameSync(`${path}.part`, path)
  }

  #next(): number {
    return this.#number++
  }
}

function wrongTrailer(bytes: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/(IEA\*1\*)\d{9}/, '$1999999999'),
    'latin1',
  )
}

/** The minute in which it happens. */
function now(): string {
  return writeInstant(Date.now()).slice(0, 16)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : []
}
