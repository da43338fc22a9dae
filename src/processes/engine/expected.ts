import { readInstant, writeInstant } from '../../base/instant.ts'
import type { TimerChange } from '../../model/fact.ts'
import { taskSubject } from '../../model/task/subject.ts'
import { ownTasks } from './definition.ts'
import { inBranch, readBranch, type TaskRecord } from './instance.ts'
import type { Progress } from './progress.ts'
import { isSettled } from './scope.ts'

/** Sets the timers that the states ask for, and takes back the others. */
export function timers(progress: Progress): TimerChange[] {
  const { definition, instance } = progress
  const due: Record<string, number> = {}
  for (const branch of Object.keys(instance.at))
    for (const timer of progress.stateOf(branch)?.timers ?? []) {
      const name = inBranch(timer, branch)
      const at = readInstant(definition.timers[timer]?.due(progress.scope(branch)) ?? '')
      if (at !== undefined && at > (instance.missed[name] ?? Number.NEGATIVE_INFINITY)) due[name] = at
    }
  const named = (name: string): string => `${definition.id}.${name}`
  const gone = Object.keys(instance.armed).filter((name) => due[name] === undefined)
  const set = Object.entries(due).filter(([name, at]) => instance.armed[name] !== at)
  progress.instance = { ...instance, armed: due }
  return [
    ...gone.map((name) => ({ name: named(name), at: null })),
    ...set.map(([name, at]) => ({
      name: named(name),
      at: writeInstant(at),
      data: { about: definition.timers[readBranch(name).name]?.about ?? '', key: instance.key },
    })),
  ]
}

/** A question that is open as long as what it is about lasts. */
interface Asked {
  /** What makes it another question than the last one of this name. */
  readonly of: number
  readonly request: Readonly<Record<string, unknown>>
}

/** Opens the tasks that are needed, and takes back those that facts have made moot. */
export function tasks(progress: Progress): void {
  const wanted = new Map([...stateTasks(progress), ...effectTasks(progress)])
  const records: Record<string, TaskRecord> = { ...progress.instance.tasks }
  for (const [name, record] of Object.entries(records)) {
    if (record.status !== 'open' || wanted.get(name)?.of === record.n) continue
    records[name] = { ...record, status: 'withdrawn' }
    const reason = `${progress.cause.because} made it needless.`
    progress.add({ type: 'task.withdrawn', subject: record.id, data: { reason } })
  }
  for (const [name, { of, request }] of wanted) {
    const before = records[name]
    if (before?.n === of && before.status !== 'withdrawn') continue
    const kind = readBranch(name).name
    const { tenant } = progress.instance
    const id = taskSubject({
      tenant,
      origin: progress.cause.subject,
      name: kind,
      n: before?.n === of ? `${name}|${of}|${before.id}` : `${name}|${of}`,
    })
    records[name] = { id, n: of, status: 'open', since: progress.cause.at }
    progress.add({
      type: 'task.requested',
      subject: id,
      data: { name: kind, origin: progress.cause.subject, ...request },
    })
  }
  progress.instance = { ...progress.instance, tasks: records }
}

function stateTasks(progress: Progress): [string, Asked][] {
  const { definition, instance } = progress
  return Object.entries(instance.at).flatMap(([branch, { n }]) =>
    (progress.stateOf(branch)?.tasks ?? []).flatMap((name): [string, Asked][] => {
      const task = definition.tasks[name]
      const scope = progress.scope(branch)
      if (task === undefined || task.when?.(scope) === false) return []
      const dueAt = task.due?.(scope)
      const request = {
        objects: task.objects?.(scope) ?? [],
        role: task.role,
        question: task.question(scope),
        evidence: task.evidence?.(scope) ?? {},
        decisions: task.decisions,
        ...(dueAt === undefined ? {} : { dueAt }),
        ...(task.escalateTo === undefined ? {} : { escalateTo: task.escalateTo }),
      }
      return [[inBranch(name, branch), { of: n, request }]]
    }),
  )
}

/** What is to become of effects that were refused, of which nobody knows, or which are required and nobody was told. */
function effectTasks(progress: Progress): [string, Asked][] {
  const { definition, instance } = progress
  return Object.entries(instance.effects).flatMap(([id, record]): [string, Asked][] => {
    const one = definition.effects[record.name]
    if (one === undefined || one.handled === true) return []
    const name = resolving[record.status]
    if (name === undefined || isSettled(definition, record)) return []
    const object = one.object?.(progress.scope(record.branch))
    const request = {
      objects: object === undefined ? [] : [object],
      role: one.role,
      question: questions[name](record.command),
      evidence: {
        command: record.command,
        businessKey: record.businessKey,
        said: record.reason ?? '',
        outcomes: record.outcomes,
      },
      decisions: ownTasks[name],
    }
    return [[`${name}/${id}`, { of: record.n, request }]]
  })
}

const resolving: Readonly<Record<string, keyof typeof ownTasks | undefined>> = {
  refused: 'resolve-refusal',
  parked: 'resolve-unknown',
  unrouted: 'resolve-unrouted',
}

const questions: Readonly<Record<keyof typeof ownTasks, (command: string) => string>> = {
  'resolve-refusal': (command) =>
    `${command} was refused. Repair the cause and send it again from the ledger, or say what is to happen.`,
  'resolve-unknown': (command) =>
    `Nobody knows whether ${command} was done. Look there, send it again from the ledger if it is missing, or say what is true.`,
  'resolve-unrouted': (command) =>
    `No route leads ${command} anywhere, so nobody was told. Do it there by hand and say so, or say what is to happen; a route counts for the next ones.`,
}
