import type { DueTimer, NewFact, Step, TimerRow } from '../../backbone/step.ts'
import { writeInstant } from '../../base/instant.ts'
import { hexHash, shortHash } from '../../base/sha256.ts'
import { pollClaimMs, pollPrefix } from '../intake/poll-plan.ts'
import type { Tenure } from '../tenure.ts'
import type { Workplace } from '../workplace.ts'
import { commitFolded, type Folded, planFolded } from './folded-step.ts'

/** Timers that are due become the fact `expectation.missed`, once: the same step disarms them. Questions to carriers are handed on. */
export async function timerRound(place: Workplace, tenure: Tenure): Promise<boolean> {
  if (!tenure.usable(place.clock.mono())) return false
  // Nobody waits for this look: while a turn is held, nothing is planned and every sender waits.
  if ((await place.backbone.dueTimers(tenure.partition, place.clock.wall(), 1)).length === 0) return false
  const done = await place.turn.take()
  let commit: ReturnType<typeof commitFolded> | undefined
  let due: readonly DueTimer[] = []
  try {
    if (!(await isSettled(place, tenure))) return false
    const { planned } = tenure
    due = await place.backbone.dueTimers(tenure.partition, place.clock.wall(), place.ports.settings.batchMessages)
    if (due.length === 0 || tenure.planned !== planned) return false
    const recordedAt = writeInstant(place.clock.wall())
    const [questions, expectations] = [due.filter(isPoll), due.filter((timer) => !isPoll(timer))]
    const appended = expectations.map((timer) => missed(timer, recordedAt))
    const timers = [
      ...expectations.map((timer) => ({ ...timer, at: null })),
      ...questions.map((timer) => ({ ...timer, at: place.clock.wall() + pollClaimMs })),
    ]
    const step = await stepOf(place, tenure, { appended, timers })
    if (step === undefined) return true
    commit = 'folding' in step ? commitFolded(place, step) : place.commit(step)
  } finally {
    done()
  }
  const { outcome } = await commit
  if (outcome !== 'committed') return true
  for (const timer of due) {
    place.signals.timerFired({ name: isPoll(timer) ? 'poll' : kindOf(timer) })
    if (isPoll(timer) && place.pollsDue.length < pollsMax) place.pollsDue.push(timer)
  }
  return true
}

/** What was missed is folded at once where that can be; else it is appended, and folded when its turn comes. */
async function stepOf(
  place: Workplace,
  tenure: Tenure,
  { appended, timers }: { readonly appended: readonly NewFact[]; readonly timers: readonly TimerRow[] },
): Promise<Folded | Step | undefined> {
  const { planned } = tenure
  const folded = appended.length === 0 ? undefined : await planFolded(place, { appended })
  if (folded !== undefined)
    return { ...folded, step: { ...folded.step, timers: [...timers, ...(folded.step.timers ?? [])] } }
  return tenure.planned === planned ? { fences: [tenure.plan(0)], facts: appended, timers } : undefined
}

/**
 * Nothing is under way in the partition that could arm or disarm a timer. Whoever has the turn waits for it: where there is always
 * something under way, timers would never fire.
 */
async function isSettled({ clock }: Workplace, tenure: Tenure): Promise<boolean> {
  const until = clock.mono() + settledMs
  while (tenure.usable(clock.mono()) && tenure.planned !== tenure.committed && clock.mono() < until)
    await clock.sleep(1)
  return tenure.usable(clock.mono()) && tenure.planned === tenure.committed
}

/** Longer than a step takes on any day but a bad one. */
const settledMs = 200

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
