import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../api/hub.ts'
import type { paths } from '../api/schema.ts'
import { Facts, Raw } from '../parts/facts.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { plain, say } from '../words/words.ts'

/** One piece of business: where each branch stands, what can move it on, what was asked of whom. */
export function Process() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const params = { path: { id } }
  const query = useQuery({
    queryKey: ['process', id],
    queryFn: () => answered(hub.GET('/v1/processes/instances/{id}', { params })),
    refetchInterval: 10_000,
  })
  const course = useQuery({
    queryKey: ['process', id, 'timeline'],
    queryFn: () => answered(hub.GET('/v1/processes/instances/{id}/timeline', { params })),
  })
  return (
    <Loaded query={query}>
      {(found) => (
        <Page title={`${plain(found.process)} ${found.key}`}>
          <Section title={say('process.branches')}>
            <Facts
              rows={Object.entries(found.states).map(([branch, state]) => [
                branch,
                <Status key={branch} code={String(state)} />,
              ])}
            />
          </Section>
          <Section title={say('process.expected')}>
            <ul className="plain-list">
              {found.nextExpected.map(({ branch, awaits, by }) => (
                <li key={branch}>
                  {branch}: {awaits.map(plain).join(', ')} {by === undefined ? null : <When at={by} />}
                </li>
              ))}
            </ul>
          </Section>
          {found.tasks.map((task) => (
            <div key={task.id} className="notice" data-tone={task.status === 'open' ? 'warn' : 'plain'}>
              <To page="/tasks/$id" id={task.id}>
                {plain(task.name)}
              </To>{' '}
              <Status code={task.status} />
            </div>
          ))}
          <Section title={say('process.effects')}>
            <Asked rows={found.effects} />
          </Section>
          <Section title={say('process.course')}>
            <Loaded query={course}>
              {({ data }) => (
                <ol className="plain-list">
                  {data.map(({ at, type }, index) => (
                    <li key={`${at} ${type} ${index}`}>
                      <When at={at} /> {plain(type)}
                    </li>
                  ))}
                </ol>
              )}
            </Loaded>
          </Section>
          <Section title={say('document.all')}>
            <Raw data={found.known} label={say('document.all')} />
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

type Found = paths['/v1/processes/instances/{id}']['get']['responses']['200']['content']['application/json']

function Asked({ rows }: { readonly rows: Found['effects'] }) {
  return (
    <ul className="plain-list">
      {rows.map(({ name, command, businessKey, status, document, reason }) => (
        <li key={`${name} ${businessKey}`}>
          {plain(command)} {businessKey} <Status code={status} /> {document} {reason}
        </li>
      ))}
    </ul>
  )
}
