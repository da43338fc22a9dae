import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { add, type Decimal, least, subtract } from '../../base/decimal.ts'
import { linesOf } from '../told-document.ts'
import { orderToShip } from './process.ts'
import { corrected, delivery, hub, type Instead, placesOf, substitutesFor } from './told.contract.ts'

const track = ['created', 'released', 'acknowledged', 'picking', 'picked', 'packed', 'staged', 'goods_issued'] as const

/** A delivery as its warehouse has it. */
interface Made {
  readonly number: string
  /** Where its warehouse is, if the hub said so. */
  readonly location?: unknown
  readonly lines: readonly { readonly line: string; readonly sku: string; readonly quantity?: Decimal | undefined }[]
  step: number
  isCancelled: boolean
}

interface WorldOptions {
  /** What the warehouse does not find of the first line of the first delivery. */
  readonly missing?: Decimal
  /** What is not found of the first line of others, by their number. */
  readonly missingIn?: Readonly<Record<string, Decimal>>
  /** Whether that is so of every line. */
  readonly everyLine?: boolean
  readonly policy?: Readonly<Record<string, unknown>>
  /** What could be shipped instead. */
  readonly instead?: Instead
  /** Whether stock has what is asked for instead, by the number of the question. Absent: it does. */
  readonly has?: ((question: number) => boolean) | undefined
}

/** Stock, an ERP, a warehouse and people around one order, where anything may happen next that can: by numbers that say what. */
export class OrderWorld {
  readonly run: ProcessRun
  readonly #instead: Instead
  readonly #everyLine: boolean
  readonly #has: WorldOptions['has']
  readonly deliveries: Made[] = []
  readonly trace: string[] = []
  /** What systems will tell yet, in whatever order. */
  readonly #toTell: Told[]
  readonly #answered = new Set<string>()
  readonly #decisions: Readonly<Record<string, readonly string[]>>
  /** Minutes that have gone by in the world. */
  #minutes = 100

  readonly #missing: Readonly<Record<string, Decimal>>

  constructor(
    facts: readonly Told[],
    decisions: Readonly<Record<string, readonly string[]>>,
    { missing = '0', missingIn = {}, everyLine = false, policy = hub, instead = {}, has }: WorldOptions = {},
  ) {
    this.run = new ProcessRun(orderToShip, { policy })
    this.#instead = instead
    this.#has = has
    this.#everyLine = everyLine
    this.#toTell = [...facts]
    this.#decisions = decisions
    this.#missing = { 80000001: missing, ...missingIn }
  }

  /** One of the things that can happen now. False: nothing can. */
  happen(choice: number): boolean {
    const possible = this.#possible(choice)
    const before = this.run.facts.length
    const [name, event] = possible[choice % Math.max(1, possible.length)] ?? []
    if (event === undefined) return false
    event()
    const moves = this.run.facts
      .slice(before)
      .map(({ type, data }) =>
        type === 'process.moved'
          ? `${String(data['branch'])} ${String(data['from'])}>${String(data['to'])}`
          : type === 'process.effect_wanted'
            ? `wants ${String(data['effect'])}`
            : type,
      )
    this.trace.push(`${name ?? ''}: ${moves.join(', ')}`)
    return true
  }

  #possible(choice: number): readonly (readonly [string, () => void])[] {
    return [
      ...this.#words(),
      ...this.#stock(),
      ...this.#options(),
      ...this.#outcomes(),
      ...this.#warehouse(),
      ...this.#people(choice),
    ]
  }

  #words() {
    return this.#toTell.slice(0, 40).map(
      (one) =>
        [
          `told ${one.type} of ${one.minutes ?? 0}`,
          () => {
            this.#toTell.splice(this.#toTell.indexOf(one), 1)
            this.run.tell(one)
          },
        ] as const,
    )
  }

  #stock() {
    return this.run.said('reservation.requested').flatMap(({ reservation, revision, quantity, wait }, index) => {
      const name = `${String(reservation)} ${String(revision)}`
      if (this.#answered.has(name)) return []
      // Who may wait gets it in the end.
      const has = wait === true || !String(reservation).startsWith('alternative:') || this.#has?.(index) !== false
      const answer = has
        ? { reservation, revision, outcome: 'confirmed', granted: quantity, missing: '0' }
        : { reservation, revision, outcome: 'refused', granted: '0', missing: quantity, reason: 'not_available' }
      return [
        [
          `stock answers ${name}`,
          () => {
            this.#answered.add(name)
            this.run.report('reservation.answered', answer)
          },
        ] as const,
      ]
    })
  }

  /** Master data and stock say what could be shipped instead, each question once, in whatever order. */
  #options() {
    const asked = [
      ...this.run.said('process.substitutes_wanted').map((one) => ({ ...one, sku: '' })),
      ...this.run.said('inventory.availability_requested'),
    ] as unknown as readonly { readonly question: string; readonly sku: string; readonly missing?: unknown }[]
    return asked.flatMap(({ question, sku, missing }) => {
      const name = `${question} ${sku}`
      if (this.#answered.has(name)) return []
      return [
        [
          `told of ${name}`,
          () => {
            this.#answered.add(name)
            if (sku === '') this.run.report('substitutes.answered', substitutesFor(this.#instead, question, missing))
            else this.run.report('inventory.availability_answered', placesOf(this.#instead, question, sku))
          },
        ] as const,
      ]
    })
  }

  #outcomes() {
    const effects = Object.values(this.run.instance?.effects ?? {}).filter(({ status }) => status === 'wanted')
    return effects.map(
      ({ command, businessKey, payload }) =>
        [
          `${command} ${businessKey}`,
          () => {
            if (command === 'create_delivery') {
              const number = `8000000${this.deliveries.length + 1}`
              this.deliveries.push({
                number,
                lines: linesOf(payload?.['lines']),
                location: payload?.['location'],
                step: -1,
                isCancelled: false,
              })
              this.run.outcome(command, 'applied', { businessKey, document: number })
            } else
              this.run.outcome(command, this.#cancels(command, businessKey) ? 'applied' : 'refused', { businessKey })
          },
        ] as const,
    )
  }

  /** A warehouse stops where it has not picked yet. */
  #cancels(command: string, number: string): boolean {
    const one = this.deliveries.find((made) => made.number === number)
    if (command !== 'cancel_delivery' || one === undefined) return true
    if (one.step >= track.indexOf('picking')) return false
    one.isCancelled = true
    this.#says(delivery('cancelled', { number }))
    return true
  }

  #warehouse() {
    return this.deliveries
      .filter(({ step, isCancelled }) => !isCancelled && step < track.length - 1)
      .map(
        (one) =>
          [
            `${one.number} goes on`,
            () => {
              one.step++
              const found = one.step < track.indexOf('picked') ? {} : { picked: this.#found(one) }
              this.#says(delivery(track[one.step] ?? '', { number: one.number, lines: one.lines, ...found }))
              if (track[one.step] === 'goods_issued') this.#says(corrected('C1', ['10', '8'], one.number))
            },
          ] as const,
      )
  }

  #found({ lines, number }: Made): Made['lines'] {
    return lines.map((line, index) => {
      const { quantity = '0' } = line
      return index === 0 || this.#everyLine
        ? { ...line, quantity: subtract(quantity, least(quantity, this.#missing[number] ?? '0')) }
        : line
    })
  }

  #says(fact: Told): void {
    // Told twice, and when does not matter.
    const told = { ...fact, minutes: ++this.#minutes }
    this.#toTell.push(told, told)
  }

  #people(choice: number) {
    return [...this.run.tasks.values()].flatMap(({ name, decisions }) => {
      const known = this.#decisions[name] ?? (decisions as readonly { readonly name: string }[]).map((one) => one.name)
      const decision = known[choice % Math.max(1, known.length)]
      return decision === undefined
        ? []
        : [[`${name} ${decision}`, () => void this.run.answer(name, decision)] as const]
    })
  }

  /** What leaves of a line, by all deliveries that were not withdrawn. */
  leaving(lineNo: string, item?: string): Decimal {
    return this.deliveries
      .filter(({ isCancelled }) => !isCancelled)
      .flatMap((one) => this.#found(one))
      .filter(({ line, sku }) => line === lineNo && (item === undefined || sku === item))
      .reduce((sum: Decimal, { quantity = '0' }) => add(sum, quantity), '0')
  }
}
