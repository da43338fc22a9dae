import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import { useIsLive } from '../../live/use-live.tsx'
import { History } from '../../parts/history.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Panels, Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { Told } from '../../parts/told.tsx'
import { When } from '../../parts/when.tsx'
import { useIsOfPartner } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { plain } from '../../words/words.ts'
import { Arrival } from './arrival.tsx'
import { Containers } from './containers.tsx'
import { Execution } from './execution.tsx'
import { Packages, References, Scans } from './lists.tsx'
import { Milestones } from './milestones.tsx'
import type { ShipmentPage } from './page.ts'
import { Stops } from './stops.tsx'
import { TimeMachine } from './time-machine.tsx'
import { TrackingLinks } from './tracking-links.tsx'
import { Voyage } from './voyage.tsx'
import { say } from './words.ts'

/** One shipment: where it is beside what the systems were told, what is wrong, what should come next, and everything that was heard of it. */
export function Shipment() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const params = { path: { id } }
  const isLive = useIsLive()
  const isOfPartner = useIsOfPartner()
  const query = useQuery({
    queryKey: ['shipment', id],
    queryFn: () => answered(hub.GET('/v1/shipments/{id}', { params })),
    refetchInterval: isLive ? false : 10_000,
  })
  const course = useQuery({
    queryKey: ['shipment', id, 'timeline'],
    queryFn: () => answered(hub.GET('/v1/shipments/{id}/timeline', { params })),
    enabled: !isOfPartner,
  })
  return (
    <Loaded query={query}>
      {(shipment) => (
        <Page title={numberOf(shipment.identifiers) ?? id}>
          <Lead shipment={shipment} />
          <Panels>
            <Execution shipment={shipment} />
            {isOfPartner ? null : (
              <Section title={say('posting')}>
                <Loaded query={course}>
                  {({ told }) => (told.length === 0 ? <p>{say('posting.none')}</p> : <Told rows={told} />)}
                </Loaded>
              </Section>
            )}
            <Arrival shipment={shipment} />
            <Milestones shipment={shipment} />
            <Stops shipment={shipment} />
            <Voyage shipment={shipment} />
            <Containers shipment={shipment} />
            <Packages shipment={shipment} />
            <References shipment={shipment} />
            <Scans shipment={shipment} />
            {isOfPartner ? null : <TrackingLinks shipment={id} />}
          </Panels>
          {isOfPartner ? null : (
            <Section title={say('history')}>
              <Loaded query={course}>
                {({ facts, forgotten }) => (
                  <>
                    <TimeMachine id={id} facts={facts} />
                    <History facts={facts} />
                    {forgotten === 0 ? null : <p>{say('history.forgotten', { count: forgotten })}</p>}
                  </>
                )}
              </Loaded>
            </Section>
          )}
        </Page>
      )}
    </Loaded>
  )
}

/** Status and what is wrong come first: the reader may have forty of these before lunch. */
function Lead({ shipment }: { readonly shipment: ShipmentPage }) {
  const { status, carrier, service, exceptions, nextExpected, mergedInto } = shipment
  return (
    <>
      <div className="lead">
        <Status code={status} />
        <span>{[carrier, service].filter((one) => one !== undefined && one !== '').join(' · ')}</span>
        {nextExpected === undefined ? null : (
          <span>
            {say('next', { event: plain(nextExpected.before) })} <When at={nextExpected.by} />
          </span>
        )}
      </div>
      {mergedInto === undefined ? null : (
        <p className="notice">
          {say('merged')}{' '}
          <To page="/shipments/$id" id={mergedInto}>
            {mergedInto}
          </To>
        </p>
      )}
      {exceptions.map((one) => (
        <div key={one.id} className="notice" data-tone={one.severity === 'critical' ? 'bad' : 'warn'}>
          <strong>{plain(one.category)}</strong> <When at={one.since} /> {hubSays(one.nextAction)} (
          {plain(one.actionRequired)})
        </div>
      ))}
    </>
  )
}

function numberOf(identifiers: ShipmentPage['identifiers']): string | undefined {
  return (identifiers.find(({ scheme }) => scheme === 'tracking_number') ?? identifiers[0])?.value
}
