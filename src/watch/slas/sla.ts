/** What can be promised: how soon postings are booked, milestones heard of and documents answered, and that deliveries are told whole. */
export const measures = ['posting', 'milestone', 'completeness', 'acknowledgement'] as const
/** One of these. */
export type Measure = (typeof measures)[number]

/** How long a period lasts, by the calendar of its zone. */
export const periodKinds = ['day', 'week', 'month'] as const
/** One of these. */
export type PeriodKind = (typeof periodKinds)[number]

/** Milestones of a shipment whose news can be late. */
export const slaMilestones = ['picked_up', 'delivered'] as const
/** One of these. */
export type SlaMilestone = (typeof slaMilestones)[number]

/** A promise about time: so many percent of something within so many minutes, in each period. */
export interface Sla {
  readonly tenant: string
  readonly id: string
  readonly measure: Measure
  /** Percent, above 0 and below 100: what is promised. */
  readonly target: number
  readonly withinMinutes: number
  readonly period: PeriodKind
  /** IANA: whose calendar says where a period begins. */
  readonly timeZone: string
  /** Who acts. */
  readonly owner: string
  /** Only of these connections; all without it. Of postings the system that is told, of documents the partner's. */
  readonly connections?: readonly string[]
  /** Only of this carrier; all without it. */
  readonly carrier?: string
  /** Of `milestone`: which one. */
  readonly milestone: SlaMilestone
}

/** What of an SLA the figures of a period depend on. */
export type SlaPromise = Omit<Sla, 'tenant' | 'id' | 'owner'>

/** What was promised, to be kept beside what was measured. */
export function promiseOf(sla: Sla): SlaPromise {
  const { measure, target, withinMinutes, period, timeZone, milestone, connections, carrier } = sla
  return {
    measure,
    target,
    withinMinutes,
    period,
    timeZone,
    milestone,
    ...(connections === undefined ? {} : { connections }),
    ...(carrier === undefined ? {} : { carrier }),
  }
}
