import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import type { Column } from '../../parts/column.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { plain } from '../../words/words.ts'
import { say } from './contracts.words.ts'

type Seen = paths['/v1/catalogue']['get']['responses']['200']['content']['application/json']

/** Every service: who answers for it, what it promises, and everything that it offers. */
export function Catalogue() {
  const query = useQuery({ queryKey: ['/v1/catalogue'], queryFn: () => answered(hub.GET('/v1/catalogue')) })
  const [chosen, choose] = useState<string>()
  return (
    <Page title={say('catalogue')}>
      <p>
        <To page="/contracts">{say('back')}</To>
      </p>
      <Loaded query={query}>
        {(seen) => (
          <>
            <Services rows={seen.services} choose={choose} />
            {seen.services
              .filter(({ id }) => id === chosen)
              .map(({ id, title }) => (
                <Section key={id} title={title}>
                  <Offers rows={seen.data.filter(({ service }) => service === id)} />
                </Section>
              ))}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Services({ rows, choose }: { readonly rows: Seen['services']; readonly choose: (id: string) => void }) {
  const pages = (['guide', 'runbook'] as const).map(
    (name): Column<Seen['services'][number]> => ({
      id: name,
      title: say(name),
      cell: (one) => <a href={`/${one[name].replace(/\.md$/, '')}`}>{one[name].replace(/^docs\/(.*)\.md$/, '$1')}</a>,
    }),
  )
  return (
    <Rows
      name="services"
      title={say('services')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'service',
          title: say('service'),
          cell: ({ id, title }) => (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={say('choose', { title })}
              onClick={() => choose(id)}
            >
              {title}
            </Button>
          ),
        },
        { id: 'what', title: say('what'), cell: ({ about }) => about },
        { id: 'owner', title: say('owner'), cell: ({ owner }) => owner },
        { id: 'tier', title: say('tier'), cell: ({ tier }) => plain(tier) },
        { id: 'criticality', title: say('criticality'), cell: ({ criticality }) => plain(criticality) },
        ...pages,
      ]}
    />
  )
}

function Offers({ rows }: { readonly rows: Seen['data'] }) {
  return (
    <Rows
      name="offers"
      title={say('offers')}
      rows={rows}
      rowKey={({ kind, name }) => `${kind} ${name}`}
      columns={[
        {
          id: 'name',
          title: say('name'),
          cell: ({ name, contract }) =>
            contract === undefined ? (
              name
            ) : (
              <To page="/contracts/$id" id={contract}>
                {name}
              </To>
            ),
        },
        { id: 'kind', title: say('kind'), cell: ({ kind }) => plain(kind) },
        { id: 'what', title: say('what'), cell: ({ about }) => about },
        { id: 'latency', title: say('latency'), cell: ({ latency }) => plain(latency) },
      ]}
    />
  )
}
