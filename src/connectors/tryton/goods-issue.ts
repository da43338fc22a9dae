import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, Ended, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { assign, only, press, writeUnchanged } from './record.ts'
import { carries, readBackByReference, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { effectiveDate } from './values.ts'
import { fit, isAsWanted, type Move, quantityWrites, readMove, wantedLines } from './wanted.ts'

const model = 'stock.shipment.out'
const moveFields = ['product.code', 'quantity', 'uom.symbol', 'state']

/**
 * The goods of a delivery have left: its customer shipment is assigned, picked, packed and done, with the quantities that the warehouse
 * has shipped. What was short goes into a shipment that Tryton makes by itself.
 */
export const postGoodsIssue = pursue<TrytonSettings, readonly Reading[]>({
  command: 'post_goods_issue',
  idempotency: readBackByReference,
  look: ({ payload }, settings) => findShipments(settings, new Reading(payload).at('deliveryNumber').text(100)),
  decide,
})

/** The customer shipments of a number, with everything that a step depends on. */
export function findShipments(settings: TrytonSettings, number: string): Conversation<readonly Reading[]> {
  return find(
    settings,
    model,
    [
      ['number', '=', number],
      ['company', '=', settings.company],
    ],
    [
      ...['number', 'state', 'reference', '_timestamp', 'warehouse.code', 'packages.shipping_reference'],
      ...moveFields.flatMap((name) => [`outgoing_moves.${name}`, `inventory_moves.${name}`]),
    ],
  )
}

function decide(found: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('deliveryNumber').text(100)
  const shipment = only(found, `customer shipment ${number}`)
  const step = new Steps(shipment, payload, { request, settings })
  const state = shipment.at('state').text(20)
  if (state === 'cancelled') return refused(`Customer shipment ${number} is cancelled.`)
  if (state === 'done') return step.ended(number)
  const location = payload.at('location').optionalText(100)
  const warehouse = shipment.at('warehouse.').at('code').optionalText(100)
  if (location !== undefined && warehouse !== location)
    return refused(`Customer shipment ${number} leaves warehouse ${warehouse ?? 'without a code'}, not ${location}.`)
  if (!carries(shipment.at('reference'), request.externalReference)) return step.claim()
  switch (state) {
    case 'draft':
      return step.press('wait')
    case 'waiting':
    case 'assigned':
      return step.prepare(state)
    case 'picked':
      return step.pack()
    case 'packed':
      return step.isShipped
        ? step.press('done')
        : refused(`Customer shipment ${number} is packed with other quantities.`)
    default:
      return refused(`Customer shipment ${number} is in the state ${state}, which this connector does not know.`)
  }
}

/** What can be done to one shipment. */
class Steps {
  readonly #shipment: Reading
  readonly #payload: Reading
  readonly #request: OperationRequest
  readonly #settings: TrytonSettings

  constructor(
    shipment: Reading,
    payload: Reading,
    { request, settings }: { readonly request: OperationRequest; readonly settings: TrytonSettings },
  ) {
    this.#shipment = shipment
    this.#payload = payload
    this.#request = request
    this.#settings = settings
  }

  ended(number: string): Decision {
    if (!carries(this.#shipment.at('reference'), this.#request.externalReference))
      return refused(`Customer shipment ${number} was issued by somebody else.`)
    if (!this.isShipped) return refused(`Customer shipment ${number} was issued with other quantities.`)
    return { ended: { outcome: 'applied', documentReference: number } }
  }

  /** Nobody else may have changed it since it was read: our reference makes it ours. */
  claim(): Decision {
    const row = this.#shipment
    const values = {
      reference: withReference(row.at('reference'), this.#request.externalReference),
      ...effectiveDate(this.#payload),
    }
    return { step: 'claim', act: () => writeUnchanged(this.#settings, { model, row }, values) }
  }

  press(button: string): Decision {
    return press(this.#settings, { model, id: idOf(this.#shipment) }, button)
  }

  /** Before it is picked the quantities can be what the warehouse shipped; what is reserved has to be free for that. */
  prepare(state: 'waiting' | 'assigned'): Decision {
    const inventory = this.#moves('inventory_moves.')
    const fitting = fit(
      inventory.length > 0 ? inventory : this.#moves('outgoing_moves.'),
      wantedLines(this.#payload, this.#settings),
      'refuse',
    )
    if ('problem' in fitting) return refused(fitting.problem)
    const writes = quantityWrites(fitting)
    if (writes.length === 0)
      return state === 'waiting' ? assign(this.#settings, { model, id: idOf(this.#shipment) }) : this.press('pick')
    if (state === 'assigned') return this.press('wait')
    return { step: 'quantities', act: () => change(this.#settings, 'model.stock.move.write', writes) }
  }

  pack(): Decision {
    if (!this.isShipped) return refused('The shipment was picked with other quantities in Tryton.')
    const numbers = this.#payload.at('trackingNumbers').each((one) => one.text(100), 1000)
    const known = this.#shipment.at('packages.').each((one) => one.at('shipping_reference').optionalText(100), 1000)
    const missing = numbers.filter((one) => !known.includes(one))
    if (missing.length === 0) return this.press('pack')
    // A package without goods is one more number: which goods are in which, the warehouse does not say here.
    const goods = known.length > 0 ? [] : this.#moves('outgoing_moves.').filter(({ state }) => state !== 'cancelled')
    return {
      step: 'packages',
      act: () => createPackages(this.#settings, { shipment: idOf(this.#shipment), numbers: missing, goods }),
    }
  }

  get isShipped(): boolean {
    return isAsWanted(this.#moves('outgoing_moves.'), wantedLines(this.#payload, this.#settings))
  }

  #moves(name: string): readonly Move[] {
    return this.#shipment.at(name).each(readMove, 10_000)
  }
}

/** A package for each tracking number, all in one transaction; the goods are in the first. */
export function* createPackages(
  settings: TrytonSettings,
  of: { readonly shipment: number; readonly numbers: readonly string[]; readonly goods: readonly Move[] },
): Conversation<Reading> {
  const [type] = yield* find(settings, 'stock.package.type', [['name', '=', settings.packageType]], ['name'])
  if (type === undefined)
    throw new Ended({ outcome: 'refused', reason: `Tryton has no type of packages named ${settings.packageType}.` })
  const values = of.numbers.map((shipping_reference, index) => ({
    type: idOf(type),
    company: settings.company,
    shipment: `${model},${of.shipment}`,
    shipping_reference,
    ...(index === 0 && of.goods.length > 0 ? { moves: [['add', of.goods.map(({ id }) => id)]] } : {}),
  }))
  return yield* change(settings, 'model.stock.package.create', [values])
}
