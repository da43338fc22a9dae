import { arrived } from '../edi/x12-partner.ts'
import type { Kernel } from './kernel.ts'
import type { Peer, PeerAnswer } from './network.ts'
import type { Stream } from './random.ts'
import type { World } from './world.ts'

/** A partner that takes X12 over HTTP and is known to lose answers. What reached it, it has, whoever heard of it. */
export class SimulatedPartner implements Peer {
  readonly received: string[] = []
  readonly #kernel: Kernel
  readonly #stream: Stream
  healed = false

  constructor(kernel: Kernel, stream: Stream) {
    this.#kernel = kernel
    this.#stream = stream
  }

  receive({ body }: { readonly body: unknown }): PeerAnswer | undefined {
    const answerMs = this.#stream.between(5, 60)
    if (!this.healed && this.#stream.chance(0.05)) return { status: 503, body: {}, answerMs }
    this.received.push(String(body))
    this.#kernel.note(`partner ${this.received.length} ${this.#kernel.now}`)
    return { status: 200, body: {}, answerMs, lost: !this.healed && this.#stream.chance(0.1) }
  }
}

const adjusting: ReadonlySet<string> = new Set(['adjust_gain', 'adjust_loss', 'count_gain', 'count_loss', 'scrap'])

interface Issued {
  readonly interchange: number
  readonly group: number
  readonly text: string
}

/**
 * What a partner is promised, whatever crashed, paused or was replayed: control numbers without a gap, each thing told under one number,
 * and whatever arrives is what was issued under its number, to the byte.
 */
export function partnerProblems({ partner, store }: World): string[] {
  const facts = store.tables.facts.flat().map(({ fact }) => fact)
  const issued = facts.filter(({ type }) => type === 'transmission.issued').map(({ data }) => data as Issued)
  const texts = new Map(issued.map(({ interchange, text }) => [interchange, text]))
  const dense = (name: 'interchange' | 'group'): string[] => {
    const numbers = issued.map((one) => one[name]).toSorted((a, b) => a - b)
    const at = numbers.findIndex((number, index) => number !== index + 1)
    return at < 0 ? [] : [`numbers: ${name} ${numbers[at]} stands where ${at + 1} is due`]
  }
  const moved = facts.filter(
    ({ type, data }) => type === 'inventory.movement_posted' && adjusting.has((data as { readonly type: string }).type),
  )
  // Vendors’ documents among the messages move things that no 947 has a code for.
  const unwritable = facts.filter(({ type }) => type === 'transmission.unwritable')
  const sets = issued.reduce((count, { text }) => count + text.split('~ST*947*').length - 1, 0)
  const foreign = partner.received.filter((text) => texts.get(Number(arrived(text).interchange)) !== text)
  return [
    ...dense('interchange'),
    ...dense('group'),
    ...(moved.length === sets + unwritable.length
      ? []
      : [`numbers: ${sets} documents for ${moved.length} corrections of stock`]),
    ...foreign.map((text) => `bytes: ${text.slice(0, 120)} is not what was issued`),
  ]
}
