import type { Pulse, Pulsed } from '../../views/pulse.ts'
import type { Notice } from './notice.ts'
import { positionText } from './position.ts'
import type { Topic } from './topics.ts'

/** `facts`: an event for each fact. `changes`: for screens, one for each topic and round, with the objects that changed. */
export type Detail = 'facts' | 'changes'

/** What a group of listeners hears alike. */
export interface Audience {
  readonly tenant: string
  readonly topics: ReadonlySet<Topic>
  readonly detail: Detail
}

/** Where a stretch of events begins: it goes on from there, event by event. */
interface Stretch {
  readonly notices: readonly Notice[]
  /** The last fact of each partition before it. */
  readonly from: readonly number[]
  readonly mark: string
}

/** Before the first event: what a client waits before it comes back. */
export const beginning = 'retry: 3000\n\n'

/** Says that somebody is there, and moves the place of a listener whom nothing concerns. */
export function heartbeat(id: string): string {
  return `: heartbeat\nid: ${id}\n\n`
}

/** One event, as the standard of server-sent events has it. */
export function event(name: string, { id, data }: { readonly id?: string; readonly data: unknown }): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

/** What these facts are to an audience; empty where nothing concerns it. */
export function noticesText(stretch: Stretch, audience: Audience): string {
  return audience.detail === 'facts' ? factsText(stretch, audience) : changesText(stretch, audience)
}

function factsText({ notices, from, mark }: Stretch, { tenant, topics }: Audience): string {
  const offsets = [...from]
  let text = ''
  for (const { partition, offset, topics: about, isReport, id, type, subject, time, tenant: whose } of notices) {
    offsets[partition] = offset
    if (whose !== tenant || isReport) continue
    for (const topic of about)
      if (topics.has(topic))
        text += event(topic, { id: positionText({ offsets, mark }), data: { topic, type, subject, fact: id, time } })
  }
  return text
}

/** The id stands with the last event alone: whoever is cut off in between hears all of them again. */
function changesText({ notices, from, mark }: Stretch, { tenant, topics }: Audience): string {
  const offsets = [...from]
  const changed = new Map<Topic, Set<string>>()
  for (const { partition, offset, topics: about, subject, tenant: whose } of notices) {
    offsets[partition] = offset
    if (whose !== tenant) continue
    for (const topic of about) if (topics.has(topic)) changed.set(topic, (changed.get(topic) ?? new Set()).add(subject))
  }
  const events = [...changed]
  return events
    .map(([topic, subjects], index) => {
      const data = { topic, changed: subjects.size, subjects: [...subjects].slice(0, subjectsMost) }
      const isLast = index === events.length - 1
      return event(topic, isLast ? { id: positionText({ offsets, mark }), data } : { data })
    })
    .join('')
}

/** How the lists without facts stand, one event each. */
export function countsText(pulse: Pulse | undefined, topics: ReadonlySet<Topic>, lists: readonly Pulsed[]): string {
  return lists
    .filter((list) => topics.has(list))
    .map((list) => event(list, { data: { topic: list, counts: pulse?.counts[list] ?? {} } }))
    .join('')
}

/** Objects that are named in one event of changes; of more only the number is told. */
const subjectsMost = 50
