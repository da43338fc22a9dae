import type { Step } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import type { Data } from '../../posting.ts'
import { deliveryFacts, deliveryHere, isIssued } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { loadFacts, loadHere } from './load.ts'

type Here = Scope<Known>

/** What was chosen stays chosen. */
export const kept = ({ chosen }: Here): Data => chosen
const status = (scope: Here): string => deliveryHere(scope)?.status ?? ''
/** A carrier has the goods, or the warehouse says so. */
export const hasLeft = (scope: Here): boolean => {
  const delivery = deliveryHere(scope)
  return (delivery !== undefined && isIssued(delivery)) || loadHere(scope)?.isMoving === true
}
/** It will not be shipped. */
export const isCalledOff = (scope: Here): boolean =>
  status(scope) === 'cancelled' || scope.state('main') === 'cancelled'

/** Goods on the road are followed, whatever was wished before: a scan counts more than a cancellation. */
export const left: Step<Known> = {
  to: 'settling',
  label: 'the goods have left',
  awaits: [...deliveryFacts, ...loadFacts],
  when: hasLeft,
  choose: kept,
}
const off: Step<Known> = {
  to: 'withdrawing',
  label: 'the delivery is withdrawn',
  awaits: [...deliveryFacts, 'branch main'],
  when: isCalledOff,
  choose: kept,
}
/** Ways out of every state before the goods have left. */
export const common: readonly Step<Known>[] = [left, off]

/** Still waited for after a time that is over. */
export function again(state: string, timer: string): Step<Known> {
  return {
    to: state,
    label: 'it is late',
    awaits: [`timer ${timer}`],
    when: (scope) => scope.missed(timer),
    choose: kept,
  }
}

/** What the carrier has told is said. */
export const said = ({ chosen }: Here): Data => ({ ...chosen, isSaid: true })
