import { setTimeout as sleep } from 'node:timers/promises'
import { writeInstant } from '../../base/instant.ts'
import type { Said } from '../../connectors/edi-partner/answers/said.ts'
import { writeAnswer } from '../../edi/acknowledge/write.ts'
import { generateInterchange } from '../../edi/map/generate.ts'
import type { EdiDocument } from '../../edi/map/read.ts'
import { chooseSet } from '../../edi/overlay/open.ts'
import type { Faults } from '../faults.ts'
import { damagedSegment, miscounted } from './damage.ts'
import type { Asked } from './house.ts'
import { readInterchange } from './interchange-reading.ts'

const grammar = chooseSet([])

/** A document and what it is. */
export interface Told {
  readonly set: string
  readonly document: EdiDocument
  /** What our own systems do about it once it is acknowledged. */
  readonly asks?: Asked
}

/** Who a simulated partner is, and what it does. */
export interface TradingPartnerParts {
  /** Its identifier in envelopes, and that of the hub. */
  readonly id: string
  readonly hubId: string
  readonly version: '004010' | 'D.96A'
  readonly faults: Faults
  readonly random: () => number
  /** Of its first interchange: two runs never share one. */
  readonly firstNumber: number
  /** How long its people take to look at something, in real milliseconds. */
  readonly lookMs: number
  /** Carries a file to the hub; resolves when it has left the house. */
  readonly deliver: (name: string, bytes: Uint8Array) => Promise<void>
  /** The hub has acknowledged a document of ours. */
  readonly accepted?: (told: Told) => void
  /** The hub has sent a document, and it was acknowledged. */
  readonly received?: (told: Told) => Promise<void>
}

/**
 * A partner that speaks X12 or EDIFACT by whatever way its station knows: it checks what comes to the element and answers it, sends documents of its own and follows
 * them until the hub has acknowledged them.
 */
export class TradingPartner {
  /** Files that were sent, documents of the hub that came, and documents of ours that the hub acknowledged or refused. */
  sent = 0
  taken = 0
  acknowledged = 0
  refused = 0
  readonly #parts: TradingPartnerParts
  readonly #open = new Map<number, Told>()
  readonly #seen = new Set<string>()
  #working = 0
  #number: number

  constructor(parts: TradingPartnerParts) {
    this.#parts = parts
    this.#number = parts.firstNumber
  }

  /** Work under way; documents that wait for an acknowledgement are not. */
  get underway(): number {
    return this.#working
  }

  /** Sends a document in an interchange of its own. */
  async tell(told: Told): Promise<void> {
    const { faults, random, version, id, hubId } = this.#parts
    const isReused = this.sent > 0 && faults.strikes('edi.reusedNumber', random)
    const number = isReused ? this.#number - 1 : this.#number++
    const { date, time } = now()
    const { bytes } = generateInterchange(told.document, grammar, {
      set: told.set,
      version,
      sender: { qualifier: 'ZZ', id, routing: '' },
      receiver: { qualifier: 'ZZ', id: hubId, routing: '' },
      controlNumber: number,
      date,
      time,
      isTest: false,
      lineEnd: '\n',
    })
    this.#open.set(number, told)
    forgetOldest(this.#open)
    const sent = faults.strikes('edi.damagedSegment', random) ? damagedSegment(bytes) : bytes
    await this.#deliver(told.set, sent)
    if (faults.strikes('edi.duplicates', random)) await this.#deliver(told.set, sent)
  }

  /** Takes a file of the hub. Resolves when all that it caused has been said. */
  async receive(bytes: Uint8Array): Promise<void> {
    this.#working++
    try {
      const read = readInterchange(bytes)
      for (const said of read.said) this.#hear(said)
      if (read.answers.length === 0) return
      this.taken += read.documents.length
      await sleep(this.#parts.lookMs * (0.5 + this.#parts.random()))
      const isRejected = await this.#answer(bytes)
      if (isRejected || this.#seen.has(read.number)) return
      this.#seen.add(read.number)
      forgetOldest(this.#seen)
      for (const told of read.documents) await this.#parts.received?.(told)
    } finally {
      this.#working--
    }
  }

  #hear({ status, number, scheme, sets }: Said): void {
    const told = this.#open.get(Number(number))
    // A TA1 that accepts says nothing yet of the document.
    const isOver = scheme === 'group_number' || this.#parts.version !== '004010' || status === 'rejected'
    if (told === undefined || !isOver) return
    this.#open.delete(Number(number))
    // A CONTRL may take the interchange and refuse the message in it.
    if (status === 'rejected' || sets.some((one) => one.status === 'rejected')) {
      this.refused++
      return
    }
    this.acknowledged++
    this.#parts.accepted?.(told)
  }

  /** Whether the answer says no. */
  async #answer(bytes: Uint8Array): Promise<boolean> {
    const { faults, random } = this.#parts
    if (faults.strikes('edi.no997', random)) return false
    const isRejecting = faults.strikes('edi.rejecting997', random)
    for (const answer of readInterchange(isRejecting ? miscounted(bytes) : bytes).answers) {
      const number = this.#number++
      const written = writeAnswer(answer, { interchange: number, group: number, ...now() })
      await this.#deliver(this.#parts.version === '004010' ? '997' : 'CONTRL', written.bytes)
    }
    return isRejecting
  }

  async #deliver(set: string, bytes: Uint8Array): Promise<void> {
    this.sent++
    const name = `${set.toLowerCase()}-${String(this.sent).padStart(6, '0')}-${this.#number}.edi`
    await this.#parts.deliver(name, bytes)
  }
}

/** What is older than the last thousand is answered by nobody any more. */
export function forgetOldest(kept: Pick<Map<unknown, unknown>, 'size' | 'delete' | 'keys'>): void {
  if (kept.size > 1000) kept.delete(kept.keys().next().value)
}

/** The minute in which it happens, CCYYMMDD and HHMM. */
function now(): { readonly date: string; readonly time: string } {
  const digits = writeInstant(Date.now()).replaceAll(/\D/g, '')
  return { date: digits.slice(0, 8), time: digits.slice(8, 12) }
}
