import { readInstant } from '../../base/instant.ts'
import type { Evolution, Evolve, Fact } from '../../model/fact.ts'
import type { Data } from '../posting.ts'
import type { Definition, Told } from './definition.ts'
import { tasks, timers } from './expected.ts'
import { type Answer, type EffectRecord, type Instance, readBranch } from './instance.ts'
import { type Cause, Progress } from './progress.ts'
import { isSettled } from './scope.ts'

/** Data of `process.fact_reported`: an instance hears of a fact that its definition subscribes to. */
export interface FactReport {
  readonly process: string
  readonly key: string
  readonly told: Told
  /** What the tenant set otherwise, where there is any: it counts from the start of an instance. */
  readonly policy?: Data
}

/** Data of `process.decided`: what a person wants of an instance. */
export interface ProcessDecision {
  readonly action: 'cancel' | 'skip' | 'migrate'
  readonly by: string
  readonly reason: string
  /** Skip: the branch, and the state to go to. */
  readonly branch?: string
  readonly to?: string
}

/** Finds a definition by id: the version asked for, or the newest one. */
export type FindDefinition = (process: string, version?: number) => Definition | undefined

/** The fold of process instances: whatever comes is remembered first, and then everything moves that can. */
export function evolveProcess(find: FindDefinition): Evolve<Instance> {
  return (state, fact) => {
    const before = state ?? begun(find, fact)
    if (before === undefined) return { state: state as unknown as Instance, facts: [], timers: [] }
    const [definition, instance] = current(find, before, fact)
    const learnt = learn(definition, instance, fact)
    if (learnt === undefined) return { state: instance, facts: [], timers: [] }
    return settle(definition, learnt.instance, learnt.cause, learnt.wish)
  }
}

function begun(find: FindDefinition, fact: Fact): Instance | undefined {
  if (fact.type !== 'process.fact_reported') return undefined
  const { process, key, policy = {} } = fact.data as FactReport
  const definition = find(process)
  if (definition === undefined) throw new RangeError(`there is no process ${process}`)
  const { version, nothing: known } = definition
  const empty = { at: {}, effects: {}, tasks: {}, armed: {}, missed: {}, count: 0 }
  return { process, version, key, tenant: fact.tenant, known, policy, ...empty }
}

/** The definition that the instance began with. One that is gone, or a person's wish, moves it to the next by its migrations. */
function current(find: FindDefinition, instance: Instance, fact: Fact): [Definition, Instance] {
  const latest = find(instance.process)
  if (latest === undefined) throw new RangeError(`there is no process ${instance.process}`)
  const isWished = fact.type === 'process.decided' && (fact.data as ProcessDecision).action === 'migrate'
  const own = find(instance.process, instance.version)
  if (own !== undefined && !isWished) return [own, instance]
  let moved = instance
  for (let { version } = instance; version < latest.version; version++) {
    const migrate = latest.migrations?.[version]
    if (migrate === undefined) throw new RangeError(`${instance.process} ${version} cannot become ${version + 1}`)
    moved = { ...migrate(moved), version: version + 1 }
  }
  return [latest, moved]
}

interface Learnt {
  readonly instance: Instance
  readonly cause: Cause
  readonly wish?: ProcessDecision
}

/** What the instance knows after the fact. Undefined: it has nothing to do with it. */
function learn(definition: Definition, instance: Instance, fact: Fact): Learnt | undefined {
  const cause = (because: string, at = fact.occurredAt ?? fact.recordedAt): Cause => ({
    subject: fact.subject,
    because,
    at,
  })
  switch (fact.type) {
    case 'process.fact_reported':
      return told(definition, instance, fact)
    case 'process.outcome_reported':
    case 'process.targets_reported': {
      const found = outcome(instance, fact)
      return found && { instance: found.instance, cause: cause(`effect ${found.name}`) }
    }
    case 'task.answered': {
      const { task, name, decision, by, reason, data } = fact.data as Answer & {
        readonly task: string
        readonly name: string
      }
      const said = { ...(reason === undefined ? {} : { reason }), ...(data === undefined ? {} : { data }) }
      const after = answered(definition, instance, { task, answer: { decision, by, ...said } })
      return after && { instance: after, cause: cause(`task ${name}`) }
    }
    case 'process.decided': {
      const wish = fact.data as ProcessDecision
      const { action, by, reason } = wish
      const why = cause(`${action} by ${by}`)
      if (action !== 'cancel') return { instance, cause: why, wish }
      return { instance: { ...instance, cancel: { by, reason, at: fact.recordedAt, answered: [] } }, cause: why }
    }
    case 'expectation.missed': {
      const { timer, due } = fact.data as { readonly timer: string; readonly due: string }
      const name = timer.slice(definition.id.length + 1)
      const at = readInstant(due) ?? 0
      const { [name]: _, ...armed } = instance.armed
      const missed = { ...instance.missed, [name]: Math.max(instance.missed[name] ?? 0, at) }
      return { instance: { ...instance, armed, missed }, cause: cause(`timer ${readBranch(name).name}`) }
    }
    default:
      return answer(definition, instance, fact)
  }
}

/** Another object answers what the process asked it. */
function answer({ answers }: Definition, instance: Instance, fact: Fact): Learnt | undefined {
  const { type, id, subject, source, data } = fact
  const at = fact.occurredAt ?? fact.recordedAt
  const known = answers?.[type]?.remember(instance.known, { type, id, subject, source, data, at })
  return known === undefined ? undefined : { instance: { ...instance, known }, cause: { subject, because: type, at } }
}

function told(definition: Definition, instance: Instance, fact: Fact): Learnt {
  const { told: one } = fact.data as FactReport
  const subscription = definition.subscribes[one.type]
  const cause: Cause = { subject: fact.subject, because: one.type, at: one.at }
  if (subscription === undefined) return { instance, cause }
  const known = subscription.remember(instance.known, one)
  const { starts, cancels } = subscription
  const isStart = instance.startedAt === undefined && (typeof starts === 'function' ? starts(known) : starts === true)
  const reason = instance.cancel === undefined ? cancels?.(one) : undefined
  return {
    instance: {
      ...instance,
      known,
      ...(isStart ? { startedAt: one.at } : {}),
      ...(reason === undefined ? {} : { cancel: { by: one.source, reason, at: one.at, answered: [] } }),
    },
    cause,
  }
}

/** What became of an effect, or how many were asked. A later word about the same target counts. */
function outcome(instance: Instance, fact: Fact): { instance: Instance; name: string } | undefined {
  const said = fact.data as {
    readonly effect?: string
    readonly targets?: number
    readonly outcome?: 'applied' | 'refused' | 'parked'
    readonly command?: string
    readonly target?: string
    readonly naturalKey?: string
    readonly documentReference?: string
    readonly reason?: string
    readonly answer?: Data
  }
  const found = Object.entries(instance.effects).find(
    ([id, { command, businessKey }]) =>
      id === said.effect ||
      (said.target !== undefined && said.naturalKey === `${command}:${said.target}:${businessKey}`),
  )
  if (found === undefined) return undefined
  const [id, record] = found
  const { target, outcome: became, documentReference, reason, answer: words } = said
  const outcomes =
    target === undefined || became === undefined ? record.outcomes : { ...record.outcomes, [target]: became }
  const targets = said.targets ?? record.targets
  const next: EffectRecord = {
    ...record,
    outcomes,
    ...(targets === undefined ? {} : { targets }),
    ...(documentReference === undefined ? {} : { document: documentReference }),
    ...(words === undefined || target === undefined ? {} : { answers: { ...record.answers, [target]: words } }),
    ...(reason === undefined ? {} : { reason }),
  }
  const status = statusOf(next)
  return { instance: { ...instance, effects: { ...instance.effects, [id]: { ...next, status } } }, name: record.name }
}

function statusOf({ outcomes, targets = 1, status }: EffectRecord): EffectRecord['status'] {
  const all = Object.values(outcomes)
  if (targets === 0) return 'unrouted'
  if (all.length === 0) return status
  if (all.includes('parked')) return 'parked'
  if (all.includes('refused')) return 'refused'
  return all.length >= targets ? 'applied' : 'wanted'
}

/** A person's answer counts for the question that is open. About an effect it settles it. */
function answered(
  definition: Definition,
  instance: Instance,
  { task, answer }: { readonly task: string; readonly answer: Answer },
): Instance | undefined {
  const found = Object.entries(instance.tasks).find(([, { id }]) => id === task)
  if (found?.[1].status !== 'open' || answer.decision === 'obsolete') return undefined
  const [name, record] = found
  const after: Instance = {
    ...instance,
    tasks: { ...instance.tasks, [name]: { ...record, status: 'answered', answer } },
  }
  const [kind = ''] = name.split('/', 1)
  const effect = instance.effects[name.slice(kind.length + 1)]
  if (!kind.startsWith('resolve-') || effect === undefined || isSettled(definition, effect)) return after
  const settled: EffectRecord = { ...effect, status: 'settled' }
  return { ...after, effects: { ...after.effects, [name.slice(kind.length + 1)]: settled } }
}

function settle(definition: Definition, instance: Instance, cause: Cause, wish?: ProcessDecision): Evolution<Instance> {
  if (instance.startedAt === undefined) return { state: instance, facts: [], timers: [] }
  const progress = new Progress(definition, instance, cause)
  if (Object.keys(instance.at).length === 0) progress.tell('process.started', { version: instance.version })
  if (wish?.action === 'migrate')
    progress.tell('process.migrated', { version: instance.version, by: wish.by, reason: wish.reason })
  if (wish?.action === 'skip') skip(progress, wish)
  progress.run()
  tasks(progress)
  const changes = timers(progress)
  finish(progress)
  return { state: progress.instance, facts: progress.facts, timers: changes }
}

/** A step by hand is only taken where the definition knows of it. */
function skip(progress: Progress, { branch = 'main', to = '', by, reason }: ProcessDecision): void {
  if (progress.stateOf(branch)?.skip?.includes(to) === true) {
    progress.tell('process.skipped', { branch, to, by, reason })
    progress.move(branch, to)
  } else
    progress.tell('process.command_refused', {
      branch,
      action: 'skip',
      by,
      reason: `not_from_${progress.instance.at[branch]?.state ?? 'nowhere'}`,
    })
}

function finish(progress: Progress): void {
  const { instance, cause } = progress
  const isOver = Object.keys(instance.at).every((branch) => progress.stateOf(branch)?.final === true)
  if (isOver === (instance.endedAt !== undefined)) return
  const { endedAt: _, ...rest } = instance
  progress.instance = isOver ? { ...rest, endedAt: cause.at } : rest
  if (isOver) progress.tell('process.ended', { state: instance.at['main']?.state ?? '' })
}
