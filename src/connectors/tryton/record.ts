import { type Conversation, type Decision, Ended } from '../kit/procedure.ts'
import type { Reading } from '../kit/reading.ts'
import { change, idOf } from './protocol.ts'
import type { TrytonSettings } from './settings.ts'

/** Where something lies in Tryton, which numbers by model: `stock.shipment.out,12`. */
export interface TrytonRecord {
  /** `stock.shipment.out` */
  readonly model: string
  readonly id: number
}

/** The only record that was found; `what` says of which kind and number. Throws Ended, refused, where there is none or more than one. */
export function only(found: readonly Reading[], what: string): Reading {
  const [row, other] = found
  if (row === undefined || other !== undefined)
    throw new Ended({ outcome: 'refused', reason: `Tryton has ${row === undefined ? 'no' : 'more than one'} ${what}.` })
  return row
}

/** Presses a button of a record: a step of the same name. */
export function press(settings: TrytonSettings, { model, id }: TrytonRecord, button: string): Decision {
  return { step: button, act: () => change(settings, `model.${model}.${button}`, [[id]]) }
}

/** Reserves the goods of a shipment, by force where the connection says so. Its step throws Ended where there are too few of them. */
export function assign(settings: TrytonSettings, shipment: TrytonRecord): Decision {
  if (settings.forceAssignment) return press(settings, shipment, 'assign_force')
  const { model, id } = shipment
  return {
    step: 'assign_try',
    act: function* (): Conversation<void> {
      const assigned = yield* change(settings, `model.${model}.assign_try`, [[id]])
      if (!assigned.flag())
        throw new Ended({ outcome: 'refused', reason: 'Tryton has too few of the goods to assign.' })
    },
  }
}

/** Writes into a record that was read with its `_timestamp`. Throws Ended, to be tried again, where somebody has changed it since. */
export function writeUnchanged(
  settings: TrytonSettings,
  { model, row }: { readonly model: string; readonly row: Reading },
  values: object,
): Conversation<Reading> {
  const id = idOf(row)
  const timestamps = { [`${model},${id}`]: row.at('_timestamp').text(40) }
  return change(settings, `model.${model}.write`, [[id], values], { timestamps })
}
