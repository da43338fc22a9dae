import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

type Window = NonNullable<ShipmentPage['promise']>['initial']

/** What was promised beside what is expected, with who expects it. An estimate that nobody gave is not made up. */
export function Arrival({ shipment }: { readonly shipment: ShipmentPage }) {
  const { promise, eta, plannedPickup, respondBy } = shipment
  return (
    <Section title={say('arrival')}>
      <Facts
        rows={[
          [say('arrival.answer'), respondBy === undefined ? '' : <When key="answer" at={respondBy} />],
          [say('arrival.pickup'), plannedPickup === undefined ? '' : <When key="pickup" at={plannedPickup} />],
          [say('arrival.promised'), promise === undefined ? '' : <Span key="promised" window={promise.initial} />],
          [say('arrival.agreed'), promise === undefined ? '' : <Span key="agreed" window={promise.current} />],
          [
            say('arrival.estimate'),
            eta === undefined ? (
              say('arrival.none')
            ) : (
              <span key="eta">
                <When at={eta.at} /> ({eta.source})
              </span>
            ),
          ],
        ]}
      />
    </Section>
  )
}

/** A span, or the one moment that is known of it. */
export function Span({ window: { from, to } }: { readonly window: Window }) {
  if (from === undefined || from === to) return <When at={to} />
  return (
    <>
      <When at={from} /> – <When at={to} />
    </>
  )
}
