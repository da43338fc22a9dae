import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

/** Its packages, each with how it stands. */
export function Packages({ shipment: { packages } }: { readonly shipment: ShipmentPage }) {
  if (packages.length === 0) return null
  return (
    <Section title={say('packages')}>
      <ul className="plain-list">
        {packages.map((one) => (
          <li key={one.id}>
            {one.id} <Status code={one.status} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Its numbers. Each leads to everything that has it: order, delivery, invoice, messages. */
export function References({ shipment: { identifiers } }: { readonly shipment: ShipmentPage }) {
  return (
    <Section title={say('references')}>
      <Facts
        rows={identifiers.map(({ scheme, value }) => [
          plain(scheme),
          <To key={value} page="/search" search={{ reference: value }} label={say('references.find', { value })}>
            {value}
          </To>,
        ])}
      />
    </Section>
  )
}

const scansShown = 30

/** What the carrier said, in its own code beside ours, newest first. */
export function Scans({ shipment: { events } }: { readonly shipment: ShipmentPage }) {
  return (
    <Section title={say('scans')}>
      {events.length === 0 ? <p>{say('scans.none')}</p> : null}
      <ol className="course">
        {events
          .toReversed()
          .slice(0, scansShown)
          .map((one) => (
            <li key={`${one.sortedAt} ${one.code} ${one.raw}`} data-done>
              {plain(one.code)} <When at={one.sortedAt} />
              <small>
                {one.source} · <code>{one.raw}</code> · <When at={one.receivedAt} />
              </small>
            </li>
          ))}
      </ol>
    </Section>
  )
}
