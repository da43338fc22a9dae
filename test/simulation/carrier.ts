import type { Instance } from '../../src/processes/engine/instance.ts'
import { readBranch } from '../../src/processes/engine/instance.ts'
import type { ErpFaults } from './erp.ts'
import type { Kernel } from './kernel.ts'
import type { Peer, PeerAnswer } from './network.ts'
import type { Stream } from './random.ts'
import type { World } from './world.ts'

/** A label that the carrier has made. */
export interface Booking {
  readonly number: string
  readonly delivery: string
  isVoid: boolean
}

interface Request {
  readonly kind: string
  readonly externalReference: string
  readonly deliveryNumber: string
  readonly document?: string
}

/**
 * The carrier of the simulation: one request under one reference is one, as the contract says, and it is answered the same. Whatever it was
 * told, it did, also when nobody heard its answer.
 */
export class SimulatedCarrier implements Peer {
  readonly bookings: Booking[] = []
  readonly #done = new Map<string, { readonly status: number; readonly body: unknown }>()
  readonly #kernel: Kernel
  readonly #stream: Stream
  readonly #faults: Pick<ErpFaults, 'failBefore' | 'lostAfter' | 'slow' | 'slowMs'>
  healed = false

  constructor(kernel: Kernel, stream: Stream, faults: ErpFaults) {
    this.#kernel = kernel
    this.#stream = stream
    this.#faults = faults
  }

  receive({ body }: { readonly body: unknown }): PeerAnswer {
    const { failBefore, lostAfter, slow, slowMs } = this.#faults
    const answerMs = this.#stream.between(5, 60)
    if (!this.healed && this.#stream.chance(failBefore)) return { status: 500, body: {}, answerMs }
    if (!this.healed && this.#stream.chance(slow)) {
      const late = this.#stream.between(1000, slowMs)
      this.#kernel.after(late, () => this.#work(body as Request))
      return { status: 504, body: {}, answerMs }
    }
    const lost = !this.healed && this.#stream.chance(lostAfter)
    return { ...this.#work(body as Request), answerMs, lost }
  }

  #work(request: Request): { readonly status: number; readonly body: unknown } {
    const known = this.#done.get(request.externalReference)
    if (known !== undefined) return known
    const answer = this.#answer(request)
    this.#done.set(request.externalReference, answer)
    this.#kernel.note(`carry ${request.externalReference} ${this.#kernel.now}`)
    return answer
  }

  #answer({ kind, deliveryNumber, document }: Request): { readonly status: number; readonly body: unknown } {
    if (kind === 'booking') {
      const number = `B${this.bookings.length + 1}`
      this.bookings.push({ number, delivery: deliveryNumber, isVoid: false })
      return { status: 201, body: { number, packages: [{ trackingNumber: `T${number}` }] } }
    }
    if (kind !== 'booking_cancellation') return { status: 200, body: {} }
    const booking = this.bookings.find(({ number }) => number === document)
    if (booking === undefined) return { status: 404, body: { messages: [`There is no booking ${document ?? ''}.`] } }
    booking.isVoid = true
    return { status: 200, body: { number: booking.number } }
  }
}

/**
 * What is promised of carriers: one label for a delivery, however often it was asked for; none that is good for what is withdrawn, none that
 * is void for what is on its way.
 */
export function carrierProblems({ store, carrier }: World): string[] {
  const { effects, states } = store.tables
  const broken = [...Map.groupBy(carrier.bookings, ({ delivery }) => delivery)].flatMap(([delivery, labels]) =>
    labels.length > 1 ? [`carrier: ${delivery} has ${labels.length} labels`] : [],
  )
  for (const { effect } of effects.values())
    if (effect.target === 'haul' && effect.state !== 'applied')
      broken.push(`liveness: ${effect.naturalKey} is ${effect.state} (${effect.reason ?? 'no reason'})`)
  for (const { number, isVoid } of carrier.bookings)
    if (!isVoid && !store.tables.identifiers.has(`main|shipment|tracking_number|haul|T${number}`))
      broken.push(`carrier: nobody knows that label T${number} is that of a shipment`)
  for (const [subject, { body }] of states) {
    if (!subject.startsWith('prc_')) continue
    for (const [branch, { state }] of Object.entries((JSON.parse(body) as Instance).at)) {
      const { name, key } = readBranch(branch)
      const wanted = name === 'transport' ? labelIn[state] : undefined
      const wrong = carrier.bookings.filter(
        ({ delivery, isVoid }) => delivery === key && isVoid !== (wanted === 'void'),
      )
      if (wanted !== undefined && wrong.length > 0)
        broken.push(`carrier: the label of ${key}, ${state}, is not ${wanted}`)
    }
  }
  return broken
}

/** What the label is to be like where a delivery stands. */
const labelIn: Readonly<Record<string, 'good' | 'void' | undefined>> = {
  departing: 'good',
  done: 'good',
  withdrawn: 'void',
}
