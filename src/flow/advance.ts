import type { DueTimer, LoggedFact, NewFact } from '../backbone/step.ts'
import { writeInstant } from '../base/instant.ts'
import { hexHash, shortHash } from '../base/sha256.ts'
import { type Fact, isReport } from '../model/fact.ts'
import { isOutcome } from '../processes/engine/told.ts'
import { foldLoaded } from './folding.ts'
import { pollClaimMs, pollPrefix } from './poll-plan.ts'
import { StageWatch } from './stage.ts'
import type { Tenure } from './tenure.ts'
import { foldingStories } from './translation.ts'
import type { Workplace } from './workplace.ts'

/**
 * One partition of the fact log, read in order: facts → state, effects, timers, derived facts, all in one step with the offset.
 * Returns whether there was anything to do.
 */
export async function advanceRound(place: Workplace, tenure: Tenure): Promise<boolean> {
  if (!tenure.usable(place.clock.mono())) return false
  const done = await place.turn.take()
  const watch = new StageWatch(place)
  let commit: ReturnType<Workplace['commit']> | undefined
  let reports: readonly Fact[] = []
  try {
    const rows = tenure.usable(place.clock.mono()) ? await next(place, tenure) : []
    if (rows.length === 0) return false
    const { generation } = tenure
    const facts = rows.map(({ fact }) => fact)
    reports = facts.filter(({ type }) => isReport(type))
    const folding = await foldLoaded(
      place,
      facts.filter(({ type }) => isReport(type) || isOutcome(type)),
      { at: place.clock.wall(), foldDerived: false },
    )
    if (folding === undefined || tenure.generation !== generation) return true
    const fence = tenure.planRows(rows)
    if (fence === undefined) return true
    place.keepStates(folding.held)
    const { states, effects, timers, offers } = folding
    commit = place.commit({ fences: [fence], facts: folding.facts, states, effects, timers, offers }, folding.held)
  } finally {
    done()
  }
  const { outcome } = await commit
  if (outcome === 'committed') watch.end('advance', 'all', () => foldingStories(reports))
  return true
}

/** Timers that are due become the fact `expectation.missed`, once: the same step disarms them. Questions to carriers are handed on. */
export async function timerRound(place: Workplace, tenure: Tenure): Promise<boolean> {
  if (!tenure.usable(place.clock.mono()) || tenure.planned !== tenure.committed) return false
  // Nobody waits for this look: while a turn is held, nothing is planned and every sender waits.
  if ((await place.backbone.dueTimers(tenure.partition, place.clock.wall(), 1)).length === 0) return false
  const done = await place.turn.take()
  let commit: ReturnType<Workplace['commit']> | undefined
  let due: readonly DueTimer[] = []
  try {
    if (!tenure.usable(place.clock.mono()) || tenure.planned !== tenure.committed) return false
    const { planned } = tenure
    due = await place.backbone.dueTimers(tenure.partition, place.clock.wall(), place.ports.settings.batchMessages)
    if (due.length === 0 || tenure.planned !== planned) return false
    const recordedAt = writeInstant(place.clock.wall())
    const [questions, expectations] = [due.filter(isPoll), due.filter((timer) => !isPoll(timer))]
    const facts = expectations.map((timer) => missed(timer, recordedAt))
    const timers = [
      ...expectations.map((timer) => ({ ...timer, at: null })),
      ...questions.map((timer) => ({ ...timer, at: place.clock.wall() + pollClaimMs })),
    ]
    commit = place.commit({ fences: [tenure.plan(0)], facts, timers })
  } finally {
    done()
  }
  const result = await commit
  if (result.outcome !== 'committed') return true
  for (const timer of due) {
    place.signals.timerFired({ name: isPoll(timer) ? 'poll' : kindOf(timer) })
    if (isPoll(timer) && place.pollsDue.length < pollsMax) place.pollsDue.push(timer)
  }
  return true
}

/** What is more is asked when its timer comes round again. */
const pollsMax = 10_000

function isPoll({ name }: DueTimer): boolean {
  return name.startsWith(pollPrefix)
}

/** Timers of the branches of a process carry its key behind a slash: no label of a figure. */
function kindOf({ name }: DueTimer): string {
  return name.split('/', 1)[0] ?? name
}

function missed(timer: DueTimer, recordedAt: string): NewFact {
  const id = `tmr_${shortHash(`${timer.subject}|${timer.name}|${timer.at}`)}`
  return {
    partition: timer.partition,
    fact: {
      id,
      type: 'expectation.missed',
      subject: timer.subject,
      tenant: timer.tenant,
      occurredAt: writeInstant(timer.at),
      recordedAt,
      source: 'hub:timers',
      causation: id,
      correlation: timer.subject,
      trace: hexHash(id),
      data: {
        timer: timer.name,
        due: writeInstant(timer.at),
        ...(timer.data === undefined ? {} : { expected: timer.data }),
      },
    },
  }
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
