import type { Derived } from '../fact.ts'
import type { PlanEntry, Said, ShipmentAbout, ShipmentState } from './state.ts'

/** What was said to a tender, each time that it was said. */
const answers: ReadonlySet<string> = new Set([
  'tender_accepted',
  'tender_cancelled',
  'tender_countered',
  'tender_declined',
  'tender_expired',
])
const open: ReadonlySet<string> = new Set(['booked', 'tender_accepted', 'tendered'])
const closed: ReadonlySet<string> = new Set([
  'cancelled',
  'carrier_reassigned',
  'tender_cancelled',
  'tender_declined',
  'tender_expired',
])
/** What a carrier must know of a load: when it changes, he is to be told. */
const load = [
  'carrier',
  'equipment',
  'mode',
  'respondBy',
  'service',
  'shipTo',
  'stops',
] as const satisfies (keyof ShipmentAbout)[]

type Planned = Pick<Said, 'plan'>

/** The last word on the tender; undefined where nothing was tendered. */
export function tenderWord({ plan }: Planned): PlanEntry['event'] | undefined {
  if (!plan.some(({ event }) => event === 'tendered')) return undefined
  return plan.findLast(({ event }) => open.has(event) || closed.has(event))?.event
}

/** How often it was offered and that came to nothing: an offer after that is a new one, not a change. */
export function tenderRounds({ plan }: Planned): number {
  return plan.filter(({ event }) => closed.has(event)).length
}

/** A load that a carrier was offered or has taken, and that he does not have yet. */
function isOffered(state: ShipmentState): boolean {
  const { status } = state.projection
  return open.has(tenderWord(state) ?? '') && (status === 'tendered' || status === 'booked')
}

/** What is said of the tender by this change. That it is offered for the first time is its status. */
export function tenderFacts(before: ShipmentState, after: ShipmentState): Derived[] {
  const { plan, references, about } = after
  const fresh =
    plan === before.plan
      ? []
      : plan.filter(
          (entry) =>
            !before.plan.some(
              (one) => one.event === entry.event && one.at === entry.at && one.carrier === entry.carrier,
            ),
        )
  const said = new Set(fresh.map(({ event }) => event).filter((event) => answers.has(event)))
  // Another carrier is to have it: the one who was offered it is told so.
  const isReassigned = fresh.some(({ event }) => event === 'carrier_reassigned') && isOffered(before)
  if (isReassigned) said.add('tender_cancelled')
  const facts = [...said].map((event): Derived => {
    const entry = fresh.findLast((one) => one.event === event)
    const was = event === 'tender_cancelled' && isOffered(before) ? before.about.carrier : undefined
    const carrier = was ?? entry?.carrier ?? about.carrier
    return {
      rule: event,
      type: `shipment.${event}`,
      data: {
        references,
        ...(carrier === undefined ? {} : { carrier }),
        ...(event === 'tender_countered' ? { conditions: entry?.conditions ?? {} } : {}),
      },
    }
  })
  return [...facts, ...changed(before, after)]
}

function changed(before: ShipmentState, after: ShipmentState): Derived[] {
  if (before.about === after.about || !isOffered(before) || !isOffered(after)) return []
  const members = load.filter((name) => JSON.stringify(before.about[name]) !== JSON.stringify(after.about[name]))
  if (members.length === 0) return []
  const { references, about } = after
  const was = before.about.carrier
  return [
    {
      rule: 'tender_changed',
      type: 'shipment.tender_changed',
      data: {
        references,
        changed: members,
        ...(about.carrier === undefined ? {} : { carrier: about.carrier }),
        ...(was === undefined || was === about.carrier ? {} : { carrierBefore: was }),
      },
    },
  ]
}
