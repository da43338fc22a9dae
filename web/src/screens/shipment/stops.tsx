import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { Span } from './arrival.tsx'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

type Stop = NonNullable<ShipmentPage['stops']>[number]

/** Where it stops, as it is planned, and what was heard of each. */
export function Stops({ shipment: { stops } }: { readonly shipment: ShipmentPage }) {
  if (stops === undefined || stops.length === 0) return null
  return (
    <Section title={say('stops')}>
      <ol className="plain-list">
        {stops.map((stop) => (
          <li key={stop.seq}>
            <strong>{[`${stop.seq}. ${plain(stop.type)}`, ...placeOf(stop)].join(' · ')}</strong>
            <OneStop stop={stop} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function OneStop({ stop: { planned, arrivedAt, completedAt, departedAt } }: { readonly stop: Stop }) {
  const isSilent = arrivedAt === undefined && completedAt === undefined && departedAt === undefined
  return (
    <>
      <Facts
        rows={[
          [say('stops.planned'), planned === undefined ? '' : <Span key="planned" window={planned} />],
          [say('stops.arrived'), arrivedAt === undefined ? '' : <When key="arrived" at={arrivedAt.at} />],
          [say('stops.completed'), completedAt === undefined ? '' : <When key="completed" at={completedAt.at} />],
          [say('stops.departed'), departedAt === undefined ? '' : <When key="departed" at={departedAt.at} />],
        ]}
      />
      {isSilent ? <p>{say('stops.silent')}</p> : null}
    </>
  )
}

/** What is known of the place. A mark in its place, for who may not see addresses, is shown as it is. */
function placeOf({ address, location }: Stop): readonly string[] {
  const told = typeof address === 'object' && address !== null ? (address as Readonly<Record<string, unknown>>) : {}
  const words = [...['name', 'postalCode', 'city', 'country'].map((member) => told[member]), location]
  const known = words.filter((one): one is string => typeof one === 'string' && one !== '')
  return known.length === 0 && typeof address === 'string' ? [address] : known
}
