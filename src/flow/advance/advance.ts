import type { LoggedFact } from '../../backbone/step.ts'
import { type Fact, isReport } from '../../model/fact.ts'
import { isOutcome } from '../../processes/engine/told.ts'
import { StageWatch } from '../stage.ts'
import type { Tenure } from '../tenure.ts'
import { foldingStories } from '../translate/translation.ts'
import type { Workplace } from '../workplace.ts'
import { commitFolded, type Folded, type Pending, planFolded } from './folded-step.ts'
import { foldLoaded } from './folding.ts'

/**
 * One partition of the fact log, read in order: facts → state, effects, timers, derived facts, all in one step with the offset. Partitions
 * whose rows are at hand come along: a step costs about the same for one as for all. Returns whether there was anything to do.
 */
export async function advanceRound(place: Workplace, tenure: Tenure): Promise<boolean> {
  if (!tenure.usable(place.clock.mono())) return false
  const done = await place.turn.take()
  const watch = new StageWatch(place)
  let commit: ReturnType<typeof commitFolded> | undefined
  let pending: readonly Pending[] = []
  try {
    const rows = tenure.usable(place.clock.mono()) ? await next(place, tenure) : []
    if (rows.length === 0) return false
    pending = [{ tenure, rows }, ...company(place, tenure)]
    let planned = await planFolded(place, { pending })
    if (planned === undefined) {
      pending = [{ tenure, rows }]
      planned = (await planFolded(place, { pending })) ?? (await planAlone(place, { tenure, rows }))
    }
    if (planned === undefined) return true
    commit =
      planned.step.inline === true ? commitFolded(place, planned) : place.commit(planned.step, planned.folding.held)
  } finally {
    done()
  }
  const { outcome } = await commit
  if (outcome === 'committed') watch.end('advance', 'all', () => foldingStories(reportsIn(pending)))
  return true
}

/** Rows of one partition; what follows from them is appended, and folded when its turn comes. */
async function planAlone(place: Workplace, { tenure, rows }: Pending): Promise<Folded | undefined> {
  const { generation } = tenure
  const facts = rows.map(({ fact }) => fact).filter(({ type }) => isReport(type) || isOutcome(type))
  const folding = await foldLoaded(place, facts, { at: place.clock.wall(), foldDerived: false })
  if (folding === undefined || tenure.generation !== generation) return undefined
  const fence = tenure.planRows(rows)
  if (fence === undefined) return undefined
  place.keepStates(folding.held)
  const { states, effects, timers, offers } = folding
  return { step: { fences: [fence], facts: folding.facts, states, effects, timers, offers }, folding }
}

/** What waits in the other partitions and needs no read. */
function company(place: Workplace, { partition: own }: Tenure): Pending[] {
  const mono = place.clock.mono()
  const limit = Math.ceil(place.ports.settings.batchMessages / place.advance.length)
  return place.advance.flatMap((tenure) => {
    const { partition, planned } = tenure
    if (partition === own || !tenure.usable(mono)) return []
    const rows = place.factTails[partition]?.after(planned, limit, 'advance') ?? []
    return rows.length === 0 ? [] : [{ tenure, rows }]
  })
}

function reportsIn(pending: readonly Pending[]): readonly Fact[] {
  return pending.flatMap(({ rows }) => rows.flatMap(({ fact }) => (isReport(fact.type) ? [fact] : [])))
}

async function next(place: Workplace, tenure: Tenure): Promise<readonly LoggedFact[]> {
  const limit = place.ports.settings.batchMessages
  const tail = place.factTails[tenure.partition]?.after(tenure.planned, limit, 'advance')
  if (tail !== undefined) return tail
  if (!place.shouldLook(`advance ${tenure.partition}`, tenure.planned, place.factHeads[tenure.partition])) return []
  const { planned, generation } = tenure
  const stored = await place.backbone.readLog(tenure.partition, planned, limit)
  place.saw(place.factHeads, stored)
  return tenure.generation === generation && tenure.planned === planned ? stored : []
}
