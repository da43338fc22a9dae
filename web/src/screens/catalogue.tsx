import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import type { paths } from '../api/schema.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { To } from '../parts/to.tsx'
import { plain } from '../words/words.ts'
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
  return (
    <table className="plain-table" aria-label={say('services')}>
      <thead>
        <tr>
          {(['service', 'what', 'owner', 'tier', 'criticality', 'guide', 'runbook'] as const).map((name) => (
            <th key={name} scope="col">
              {say(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, title, about, owner, tier, criticality, guide, runbook }) => (
          <tr key={id}>
            <td>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={say('choose', { title })}
                onClick={() => choose(id)}
              >
                {title}
              </Button>
            </td>
            <td>{about}</td>
            <td>{owner}</td>
            <td>{plain(tier)}</td>
            <td>{plain(criticality)}</td>
            {[guide, runbook].map((page, at) => (
              <td key={at === 0 ? 'guide' : 'runbook'}>
                <a href={`/${page.replace(/\.md$/, '')}`}>{page.replace(/^docs\/(.*)\.md$/, '$1')}</a>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Offers({ rows }: { readonly rows: Seen['data'] }) {
  return (
    <table className="plain-table" aria-label={say('offers')}>
      <thead>
        <tr>
          {(['name', 'kind', 'what', 'latency'] as const).map((name) => (
            <th key={name} scope="col">
              {say(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ kind, name, about, latency, contract }) => (
          <tr key={`${kind} ${name}`}>
            <td>
              {contract === undefined ? (
                name
              ) : (
                <To page="/contracts/$id" id={contract}>
                  {name}
                </To>
              )}
            </td>
            <td>{plain(kind)}</td>
            <td>{about}</td>
            <td>{plain(latency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
