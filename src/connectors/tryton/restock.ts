import type { OperationRequest } from '../kit/connector.ts'
import { type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, idOf, refused } from './protocol.ts'
import { press } from './record.ts'
import { carries, readBackByReference, withReference } from './reference.ts'
import { findReturns } from './returns.ts'
import type { TrytonSettings } from './settings.ts'
import { isAsWanted, readMove, wantedLines } from './wanted.ts'

const model = 'stock.shipment.out.return'

/**
 * Returned goods go back into stock that can be sold: the customer return with the number of the return is done. Of several with the
 * same goods the oldest that nobody has taken yet: our reference on it says that it is taken.
 */
export const restockReturn = pursue<TrytonSettings, readonly Reading[]>({
  command: 'restock_return',
  idempotency: readBackByReference,
  look: ({ payload }, settings) => findReturns(settings, new Reading(payload).at('returnNumber').text(60)),
  decide,
})

function decide(found: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('returnNumber').text(60)
  const wanted = wantedLines(payload, settings)
  const isSame = (row: Reading): boolean => isAsWanted(row.at('incoming_moves.').each(readMove, 10_000), wanted)
  const ours = found.filter((row) => carries(row.at('reference'), request.externalReference))
  const [own, other] = ours
  if (other !== undefined) return refused(`Tryton has several customer returns under ${request.externalReference}.`)
  const isWaiting = (row: Reading): boolean => row.at('state').text(20) === 'received'
  if (own !== undefined) {
    if (!isSame(own)) return refused(`The customer return of ${number} has other quantities.`)
    if (own.at('state').text(20) === 'done')
      return { ended: { outcome: 'applied', documentReference: own.at('number').text(100) } }
    if (!isWaiting(own)) return refused(`The customer return of ${number} is in the state ${own.at('state').text(20)}.`)
    return press(settings, { model, id: idOf(own) }, 'done')
  }
  const free = found.find((row) => isWaiting(row) && isSame(row) && !isTaken(row, number))
  if (free === undefined) return refused(`Tryton has no received customer return ${number} with these goods.`)
  const values = { reference: withReference(free.at('reference'), request.externalReference) }
  return { step: 'claim', act: () => change(settings, `model.${model}.write`, [[idOf(free)], values]) }
}

/** Its number and the reference that it was received under are two words; a third one took it. */
function isTaken(row: Reading, number: string): boolean {
  const words = row.at('reference').text(2000).split(/\s+/)
  return words.filter((word) => word !== number).length > 1
}
