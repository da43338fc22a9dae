import { OutcomeUnknown } from '../../backbone/backbone.ts'
import type { Conclusion } from '../../backbone/ledger.ts'
import { commitFolded, planFolded } from '../advance/folded-step.ts'
import { StageWatch } from '../stage.ts'
import type { Workplace } from '../workplace.ts'

/**
 * Writes what became of effects. Where this node owns what the outcomes are about, they are folded in the same step, like messages in
 * the inline lane: otherwise the log would grow behind the back of its owner, whose every plan would fail. Else the ledger appends them,
 * and whoever owns them folds them later, which comes to the same. False for those whose claim was lost.
 */
export async function concludeAll(place: Workplace, conclusions: readonly Conclusion[]): Promise<readonly boolean[]> {
  const folded = conclusions.some(({ fact }) => fact !== undefined) && (await concludeFolded(place, conclusions))
  return folded ? conclusions.map(() => true) : place.backbone.ledger.conclude(conclusions)
}

/** Whether all of it was written as one step. When it was not, nothing was. */
async function concludeFolded(place: Workplace, conclusions: readonly Conclusion[]): Promise<boolean> {
  await place.catchUp()
  const done = await place.turn.take()
  const watch = new StageWatch(place)
  let commit: ReturnType<typeof commitFolded> | undefined
  try {
    const planned = await planFolded(place, { appended: conclusions.flatMap(({ fact }) => fact ?? []) })
    if (planned === undefined) return false
    commit = commitFolded(place, { ...planned, step: { ...planned.step, conclusions } })
  } finally {
    done()
  }
  const { outcome } = await commit
  if (outcome === 'unknown') throw new OutcomeUnknown('a step with conclusions')
  if (outcome !== 'committed') return false
  watch.end('advance', 'all', () => [])
  return true
}
