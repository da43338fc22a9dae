import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../api/hub.ts'
import { Facts } from '../parts/facts.tsx'
import { History } from '../parts/history.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { When } from '../parts/when.tsx'
import { plain, say } from '../words/words.ts'
import { TrackingLinks } from './tracking-links.tsx'

/** One shipment: where it is, what is wrong, what should come next, and everything that was heard of it. */
export function Shipment() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const params = { path: { id } }
  const query = useQuery({
    queryKey: ['shipment', id],
    queryFn: () => answered(hub.GET('/v1/shipments/{id}', { params })),
    refetchInterval: 10_000,
  })
  const course = useQuery({
    queryKey: ['shipment', id, 'timeline'],
    queryFn: () => answered(hub.GET('/v1/shipments/{id}/timeline', { params })),
  })
  return (
    <Loaded query={query}>
      {(shipment) => (
        <Page title={numberOf(shipment.identifiers) ?? id}>
          <p>
            <Status code={shipment.status} /> {shipment.carrier}
          </p>
          {shipment.exceptions.map((one) => (
            <div key={one.id} className="notice" data-tone="bad">
              <strong>{plain(one.category)}</strong> <When at={one.since} /> {one.nextAction}
            </div>
          ))}
          {shipment.nextExpected === undefined ? null : (
            <p>
              {say('shipment.next', { event: plain(shipment.nextExpected.before) })}{' '}
              <When at={shipment.nextExpected.by} />
            </p>
          )}
          <Facts
            rows={[
              [say('field.eta'), shipment.eta === undefined ? '' : <When at={shipment.eta.at} />],
              ['ETA', shipment.eta?.source],
              [say('field.updated'), <When key="at" at={shipment.lastEventAt} />],
            ]}
          />
          <Section title={say('shipment.references')}>
            <Facts rows={shipment.identifiers.map(({ scheme, value }) => [plain(scheme), value])} />
          </Section>
          <Section title={say('shipment.milestones')}>
            <Facts rows={Object.entries(shipment.milestones).map(([name, at]) => [plain(name), milestone(at)])} />
          </Section>
          {shipment.packages.length === 0 ? null : (
            <Section title={say('shipment.packages')}>
              <ul className="plain-list">
                {shipment.packages.map((one) => (
                  <li key={one.id}>
                    {one.id} <Status code={one.status} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <TrackingLinks shipment={id} />
          <Section title={say('timeline.title')}>
            <Loaded query={course}>{({ facts }) => <History facts={facts} />}</Loaded>
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

function numberOf(identifiers: readonly { readonly scheme: string; readonly value: string }[]): string | undefined {
  return (identifiers.find(({ scheme }) => scheme === 'tracking_number') ?? identifiers[0])?.value
}

function milestone(at: unknown) {
  return typeof at === 'string' ? <When at={at} /> : JSON.stringify(at)
}
