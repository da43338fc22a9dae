import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../api/hub.ts'
import { Facts } from '../parts/facts.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { When } from '../parts/when.tsx'
import { may, useWho } from '../shell/who.ts'
import { plain, say } from '../words/words.ts'

/** One message as it came, and what it meant. */
export function Message() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data: who } = useWho()
  const query = useQuery({
    queryKey: ['message', id],
    queryFn: () => answered(hub.GET('/v1/messages/{id}', { params: { path: { id } } })),
  })
  return (
    <Loaded query={query}>
      {(message) => (
        <Page title={`${say('field.message')} ${message.id}`}>
          <Facts
            rows={[
              [say('field.state'), <Status key="status" code={message.status} />],
              [say('field.connection'), message.connection],
              [say('field.since'), <When key="at" at={message.receivedAt} />],
              [say('field.key'), message.identity],
              ['Content-Type', message.contentType],
              ['bytes', message.bytes],
              ['SHA-256', message.sha256],
            ]}
          />
          {message.parked === undefined ? null : (
            <div className="notice" data-tone="bad">
              <strong>{message.parked.code}</strong> {message.parked.detail} {message.parked.nextAction}
            </div>
          )}
          <Section title={say('search.messages')}>
            <ul className="plain-list">
              {message.facts.map((fact) => (
                <li key={fact.id}>
                  {plain(fact.type)} {fact.subject}
                </li>
              ))}
            </ul>
          </Section>
          {may(who?.scopes, 'messages:raw') ? <RawMessage id={id} /> : null}
        </Page>
      )}
    </Loaded>
  )
}

const shownCharacters = 100_000

function RawMessage({ id }: { readonly id: string }) {
  const raw = useQuery({
    queryKey: ['message', id, 'raw'],
    queryFn: () =>
      answered<string>(hub.GET('/v1/messages/{id}/raw', { params: { path: { id } }, parseAs: 'text' }) as never),
  })
  return (
    <Section title={say('document.all')}>
      <Loaded query={raw}>
        {(text) => (
          <pre className="raw" tabIndex={0} role="region" aria-label={say('document.all')}>
            {text.slice(0, shownCharacters)}
          </pre>
        )}
      </Loaded>
    </Section>
  )
}
