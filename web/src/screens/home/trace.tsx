import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { pageOf } from '../../parts/subject.ts'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain, say } from '../../words/words.ts'

/** Whatever has a reference: the objects, and message → facts → effects as a tree. */
export function Trace() {
  const { reference = '' }: { reference?: string } = useSearch({ strict: false })
  const query = useQuery({
    queryKey: ['trace', reference],
    queryFn: () => answered(hub.GET('/v1/trace', { params: { query: { reference } } })),
    enabled: reference !== '',
  })
  return (
    <Page title={`${say('search.open')}: ${reference}`}>
      <Loaded query={query}>
        {({ objects, messages }) =>
          objects.length + messages.length === 0 ? (
            <p>{say('search.nothing', { reference })}</p>
          ) : (
            <>
              <Section title={say('search.objects')}>
                <ul className="plain-list">
                  {objects.map(({ subject, references }) => (
                    <li key={subject}>
                      <Subject id={subject} />{' '}
                      {references.map(({ scheme, value }) => `${plain(scheme)} ${value}`).join(' · ')}
                    </li>
                  ))}
                </ul>
              </Section>
              <Section title={say('search.messages')}>
                <ul>
                  {messages.map(({ message, connection, receivedAt, facts, parked }) => (
                    <li key={message}>
                      <To page="/messages/$id" id={message}>
                        {message}
                      </To>{' '}
                      {connection} <When at={receivedAt} /> {parked?.code}
                      <ul>
                        {facts.map((fact) => (
                          <li key={fact.id}>
                            {plain(fact.type)} <When at={fact.occurredAt ?? fact.recordedAt} />{' '}
                            <Subject id={fact.subject} />
                            <ul>
                              {fact.effects.map((effect) => (
                                <li key={effect.id}>
                                  <To page="/effects/$id" id={effect.id}>
                                    {plain(effect.command)} → {effect.target}
                                  </To>
                                </li>
                              ))}
                            </ul>
                          </li>
                        ))}
                      </ul>
                    </li>
                  ))}
                </ul>
              </Section>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Subject({ id }: { readonly id: string }) {
  const page = pageOf(id)
  return page === undefined ? (
    id
  ) : (
    <To page={page} id={id}>
      {id}
    </To>
  )
}
