import type { LoggedFact } from '../../backbone/step.ts'
import { isReport } from '../../model/fact.ts'
import { type Topic, topicsOf } from './topics.ts'

/** That something happened to an object. What it was is read where it is guarded: in the object itself. */
export interface Notice {
  readonly partition: number
  readonly offset: number
  readonly tenant: string
  readonly topics: readonly Topic[]
  readonly id: string
  readonly type: string
  readonly subject: string
  /** When the hub recorded it, RFC 3339. */
  readonly time: string
  /** What somebody said before the hub had judged it: it changes the object, and is no event for others. */
  readonly isReport: boolean
}

/** Also of facts that no topic is about: their place in the log counts. */
export function noticeOf({ partition, offset, fact }: LoggedFact): Notice {
  const { id, tenant, type, subject, recordedAt: time } = fact
  return { partition, offset, tenant, topics: topicsOf(fact), id, type, subject, time, isReport: isReport(type) }
}
