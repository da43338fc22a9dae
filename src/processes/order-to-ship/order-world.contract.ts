import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { add, type Decimal, subtract } from '../../base/decimal.ts'
import { linesOf } from '../told-document.ts'
import { orderToShip } from './process.ts'
import { corrected, delivery, hub } from './told.contract.ts'

const track = ['created', 'released', 'acknowledged', 'picking', 'picked', 'packed', 'staged', 'goods_issued'] as const

/** A delivery as its warehouse has it. */
interface Made {
  readonly number: string
  readonly lines: readonly { readonly line: string; readonly quantity?: Decimal | undefined }[]
  step: number
  isCancelled: boolean
}

/** Stock, an ERP, a warehouse and people around one order, where anything may happen next that can: by numbers that say what. */
export class OrderWorld {
  readonly run = new ProcessRun(orderToShip, { policy: hub })
  readonly deliveries: Made[] = []
  readonly trace: string[] = []
  /** What systems will tell yet, in whatever order. */
  readonly #toTell: Told[]
  readonly #answered = new Set<string>()
  readonly #decisions: Readonly<Record<string, readonly string[]>>
  /** Minutes that have gone by in the world. */
  #minutes = 100

  /** What the warehouse does not find of the first line of the first delivery. */
  readonly #missing: Decimal

  constructor(
    facts: readonly Told[],
    decisions: Readonly<Record<string, readonly string[]>>,
    { missing = '0' }: { readonly missing?: Decimal } = {},
  ) {
    this.#toTell = [...facts]
    this.#decisions = decisions
    this.#missing = missing
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
    return [...this.#words(), ...this.#stock(), ...this.#outcomes(), ...this.#warehouse(), ...this.#people(choice)]
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
    return this.run.said('reservation.requested').flatMap(({ reservation, revision, quantity }) => {
      const name = `${String(reservation)} ${String(revision)}`
      if (this.#answered.has(name)) return []
      const answer = { reservation, revision, outcome: 'confirmed', granted: quantity, missing: '0' }
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

  #outcomes() {
    const effects = Object.values(this.run.instance?.effects ?? {}).filter(({ status }) => status === 'wanted')
    return effects.map(
      ({ command, businessKey, payload }) =>
        [
          `${command} ${businessKey}`,
          () => {
            if (command === 'create_delivery') {
              const number = `8000000${this.deliveries.length + 1}`
              this.deliveries.push({ number, lines: linesOf(payload?.['lines']), step: -1, isCancelled: false })
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
    return lines.map((line, index) =>
      index === 0 && number === '80000001'
        ? { ...line, quantity: subtract(line.quantity ?? '0', this.#missing) }
        : line,
    )
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
  leaving(lineNo: string): Decimal {
    return this.deliveries
      .filter(({ isCancelled }) => !isCancelled)
      .flatMap((one) => this.#found(one))
      .filter(({ line }) => line === lineNo)
      .reduce((sum: Decimal, { quantity = '0' }) => add(sum, quantity), '0')
  }
}
