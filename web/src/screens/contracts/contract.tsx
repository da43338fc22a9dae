import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Facts, Raw } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { plain } from '../../words/words.ts'
import { ContractDecision } from './contract-decision.tsx'
import { say } from './contracts.words.ts'

type Seen = paths['/v1/contracts/{id}']['get']['responses']['200']['content']['application/json']
type Version =
  paths['/v1/contracts/{id}/versions']['get']['responses']['200']['content']['application/json']['data'][number]

/** One contract: who would notice, what its versions changed, its schemas, and how long it goes on. */
export function Contract() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data: who } = useWho()
  const params = { path: { id } }
  const query = useQuery({
    queryKey: ['/v1/contracts', id],
    queryFn: () => answered(hub.GET('/v1/contracts/{id}', { params })),
    refetchInterval: 15_000,
  })
  return (
    <Loaded query={query}>
      {(seen) => (
        <Page title={seen.name}>
          <p>
            <To page="/contracts">{say('back')}</To>
          </p>
          <Standing seen={seen} />
          <Consumers rows={seen.consumers} />
          {may(who?.scopes, 'contracts:write') ? (
            <ContractDecision id={id} decision={seen.decision} next={seen.next} />
          ) : null}
          <Versions id={id} />
          <Section title={say('schemas')}>
            {seen.parts.map(({ name, schema }) => (
              <Raw key={name} label={name} data={{ [name]: schema }} />
            ))}
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

function Standing({ seen }: { readonly seen: Seen }) {
  const { deprecatedAt, sunsetAt, successor, link } = seen
  return (
    <Facts
      rows={[
        [say('state'), <Status key="state" code={seen.state} />],
        [say('why'), seen.reason],
        [say('deprecated'), deprecatedAt === undefined ? '' : <When key="from" at={deprecatedAt} />],
        [say('ends'), sunsetAt === undefined ? '' : <When key="until" at={sunsetAt} />],
        [
          say('successor'),
          successor === undefined ? (
            ''
          ) : (
            <To key="successor" page="/contracts/$id" id={successor}>
              {successor}
            </To>
          ),
        ],
        [say('guide'), link],
        [say('what'), seen.about],
        [say('kind'), plain(seen.kind)],
        [say('version'), seen.version],
        [say('owner'), seen.owner],
        [say('goes'), plain(seen.compatibility)],
        [say('connection'), seen.connection],
      ]}
    />
  )
}

function Consumers({ rows }: { readonly rows: Seen['consumers'] }) {
  return (
    <Section title={say('consumers')}>
      <Rows
        name="consumers"
        title={say('consumers')}
        empty={say('consumers.none')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { id: 'who', title: say('who'), cell: ({ name }) => name },
          { id: 'kind', title: say('kind'), cell: ({ kind }) => plain(kind) },
          { id: 'partner', title: say('partner'), cell: ({ partner }) => partner ?? '' },
          { id: 'uses', title: say('uses'), cell: ({ uses }) => uses ?? '' },
          {
            id: 'last',
            title: say('last'),
            cell: ({ lastAt }) => (lastAt === undefined ? '' : <When at={lastAt} />),
          },
        ]}
      />
    </Section>
  )
}

function Versions({ id }: { readonly id: string }) {
  const query = useQuery({
    queryKey: ['/v1/contracts', id, 'versions'],
    queryFn: () => answered(hub.GET('/v1/contracts/{id}/versions', { params: { path: { id } } })),
  })
  return (
    <Section title={say('versions')}>
      <Loaded query={query}>
        {({ data }) => (
          <ul className="plain-list">
            {data.map((one) => (
              <ShownVersion key={one.version} version={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

function ShownVersion({ version: { version, at, isBreaking, changes } }: { readonly version: Version }) {
  return (
    <li>
      <strong>{version}</strong> <When at={at} />{' '}
      {changes.length === 0 ? say('first') : isBreaking ? say('breaking') : say('compatible')}
      <ul>
        {changes.map((one) => (
          <li key={`${one.part}${one.path} ${one.reason}`}>
            <code>
              {one.part}
              {one.path}
            </code>{' '}
            {one.reason}: {broken(one.breaks)}
          </li>
        ))}
      </ul>
    </li>
  )
}

function broken(breaks: Version['changes'][number]['breaks']): string {
  return breaks === 'nobody' ? say('breaks.nobody') : say('breaks', { who: say(breaks) })
}
