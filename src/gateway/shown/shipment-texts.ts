import type { CommittedState } from '../../flow/advance/committed-states.ts'
import { BoundedMap } from '../../flow/bounded-map.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import { shipmentView } from '../../model/shipment/view.ts'

/**
 * Shipments as the API shows them, written once for each state: people and shops look at the same few again and again, and what is shown
 * follows from the state alone. Bounded; what was asked for longest ago goes first.
 */
export class ShipmentTexts {
  readonly #texts = new BoundedMap<Text>({ entriesMax: 5000, charactersMax: 8 * 1024 * 1024 }, weigh)

  /** The body of the answer, as JSON. */
  of(id: string, stored: CommittedState): string {
    const known = this.#texts.touch(id)
    // Another value, also of the same version, may come of another log: a fold that was mended and done again.
    if (known !== undefined && known.state === stored.state) return known.text
    const view = { ...shipmentView(stored.state as ShipmentState, id), version: stored.version }
    const text = JSON.stringify(view)
    this.#texts.set(id, { state: stored.state, text })
    this.#texts.shrink()
    return text
  }
}

interface Text {
  readonly state: unknown
  readonly text: string
}

/** The state is held too, and takes about as much as what is shown of it. */
function weigh(id: string, { text }: Text): number {
  return id.length + 2 * text.length
}
