import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

/** What has happened first, in the order of time; what was planned and is still to come stands last, hollow. */
export function Milestones({ shipment }: { readonly shipment: ShipmentPage }) {
  const { milestones, plannedPickup, promise } = shipment
  const done = Object.entries(milestones).toSorted(([, a], [, b]) => (a < b ? -1 : 1))
  const planned = [
    ['picked_up', plannedPickup],
    ['delivered', promise?.current.to],
  ] as const
  const ahead = planned.filter(([code, at]) => at !== undefined && milestones[code] === undefined)
  return (
    <Section title={say('milestones')}>
      {done.length + ahead.length === 0 ? <p>{say('milestones.none')}</p> : null}
      <ol className="course">
        {done.map(([code, at]) => (
          <li key={code} data-done>
            {plain(code)} <When at={at} />
            <Planned at={planned.find(([one]) => one === code)?.[1]} />
          </li>
        ))}
        {ahead.map(([code, at]) => (
          <li key={code}>
            {plain(code)}
            <Planned at={at} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Planned({ at }: { readonly at: string | undefined }) {
  if (at === undefined) return null
  return (
    <small>
      {say('milestones.planned')} <When at={at} />
    </small>
  )
}
