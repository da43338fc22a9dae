import { findDefinition } from '../../src/flow/advance/aggregate.ts'
import type { Instance } from '../../src/processes/engine/instance.ts'
import { readBranch } from '../../src/processes/engine/instance.ts'
import { startOfTime } from './machine.ts'
import { faultTime } from './plan.ts'
import { Stream } from './random.ts'
import type { World } from './world.ts'

/** Something that the system says that owns the orders. */
export interface PlannedEvent {
  readonly id: string
  readonly text: string
  readonly sendings: readonly number[]
}

/** What the hub is told about orders: changed, held, delivered and called off, late, doubled and in any order. */
export function orderEvents(seed: number): readonly PlannedEvent[] {
  const stream = new Stream(seed, 'orders')
  return Array.from({ length: stream.whole(4, 14) }, (_, index) => eventsOf(stream, 1000 + index)).flat()
}

function eventsOf(stream: Stream, number: number): readonly PlannedEvent[] {
  const orderNumber = `SO-${number}`
  const lines = (count: number) =>
    Array.from({ length: count }, (_, line) => ({
      lineNo: `${line + 1}`,
      sku: `SKU-${stream.whole(1, 8)}`,
      quantity: `${stream.whole(1, 12)}`,
      uom: 'EA',
    }))
  const deliveryNumber = `${80_000_000 + number}`
  const delivered = { deliveryNumber, orderNumber }
  const course: [string, object][] = [
    ['order.created', { orderNumber, lines: lines(stream.whole(1, 3)), shipComplete: stream.chance(0.3) }],
    ...(stream.chance(0.4)
      ? [['order.changed', { orderNumber, lines: lines(stream.whole(0, 3)) }] as [string, object]]
      : []),
    ['delivery.created', delivered],
    ['delivery.released', delivered],
    stream.chance(0.6) ? ['delivery.goods_issued', delivered] : ['delivery.cancelled', delivered],
    ...(stream.chance(0.3) ? [['order.cancelled', { orderNumber }] as [string, object]] : []),
  ]
  const begin = stream.between(1000, faultTime * 0.7)
  const isShuffled = stream.chance(0.3)
  return course.map(([type, data], step) => {
    const first = begin + (isShuffled ? stream.between(0, 300_000) : step * stream.between(5000, 90_000))
    const again = stream.chance(0.3) ? [first + stream.between(1, 1_800_000)] : []
    const occurredAt = new Date(startOfTime + Math.floor(begin + step * 1000)).toISOString()
    const id = `${orderNumber}-${step}`
    return { id, text: JSON.stringify({ eventId: id, type, occurredAt, data }), sendings: [first, ...again] }
  })
}

/**
 * What a process is promised, whatever crashed, paused or was replayed: it asks for each thing once, it is what its facts say, its timers are
 * those that the database has, and it waits for nothing for ever.
 */
export function processProblems({ store }: World): string[] {
  const { states, facts, timers, effects } = store.tables
  const instances = [...states].flatMap(([subject, { body }]) =>
    subject.startsWith('prc_') ? [{ subject, instance: JSON.parse(body) as Instance }] : [],
  )
  const wanted = facts
    .flat()
    .flatMap(({ fact }) =>
      fact.type === 'process.effect_wanted' ? [`${fact.subject} ${(fact.data as { effect: string }).effect}`] : [],
    )
  const twice = wanted.filter((one, index) => wanted.indexOf(one) !== index)
  const under = new Set(
    [...effects.values()].filter(({ effect }) => !over.has(effect.state)).map(({ effect }) => effect.naturalKey),
  )
  return [
    ...(instances.length === 0 ? ['process: nothing has begun'] : []),
    ...twice.map((one) => `process: ${one} was asked for twice`),
    ...instances.flatMap(({ subject, instance }) => [
      ...armedOtherwise(subject, instance, timers),
      ...waitsForEver(subject, instance, (key) => under.has(key)),
      ...openTasks(subject, instance, states),
    ]),
  ]
}

const over: ReadonlySet<string> = new Set(['applied', 'cancelled', 'refused'])

/** The database fires what is armed there: it must be what the instance waits for. */
function armedOtherwise(
  subject: string,
  { process, armed }: Instance,
  timers: World['store']['tables']['timers'],
): string[] {
  const set = [...timers.values()].filter((one) => one.subject === subject)
  const wrong = Object.entries(armed).filter(
    ([name, at]) => !set.some((one) => one.name === `${process}.${name}` && one.at === at),
  )
  return [
    ...wrong.map(([name]) => `process: ${subject} waits for ${name}, which is not set`),
    ...(set.length > Object.keys(armed).length ? [`process: ${subject} has timers that it knows nothing of`] : []),
  ]
}

function waitsForEver(subject: string, instance: Instance, isUnderWay: (naturalKey: string) => boolean): string[] {
  const { process, version, at, armed, tasks, effects, startedAt } = instance
  if (startedAt === undefined) return []
  const definition = findDefinition(process, version)
  return Object.entries(at).flatMap(([branch, { state }]) => {
    const { name, key } = readBranch(branch)
    const one = definition?.branches[name]?.states[state]
    if (one === undefined || one.final === true) return []
    const isTimed = Object.keys(armed).some((timer) => readBranch(timer).key === key)
    const isAsked = Object.values(tasks).some(({ status }) => status === 'open')
    const isAwaited = Object.values(effects).some(
      ({ command, businessKey, status }) =>
        status === 'wanted' && ['erp', 'haul'].some((target) => isUnderWay(`${command}:${target}:${businessKey}`)),
    )
    return isTimed || isAsked || isAwaited ? [] : [`process: ${subject} waits in ${branch} ${state} for ever`]
  })
}

/** A question that the instance has open is open for people, too; and the other way round. */
function openTasks(subject: string, { tasks }: Instance, states: World['store']['tables']['states']): string[] {
  return Object.values(tasks).flatMap(({ id, status }) => {
    const { body } = states.get(id) ?? {}
    const shown = body === undefined ? 'unknown' : (JSON.parse(body) as { status?: string }).status
    return (shown === 'open') === (status === 'open')
      ? []
      : [`process: ${subject} has task ${id} ${status}, and people see it ${shown ?? 'not at all'}`]
  })
}
