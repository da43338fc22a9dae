import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Facts, Raw } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { pageOf } from '../../parts/subject.ts'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useIsOfPartner, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { say as frame, language, plain } from '../../words/words.ts'
import { say } from './message.words.ts'
import { RawMessage } from './raw-message.tsx'
import { ReplayMessage } from './replay-message.tsx'
import { Segments } from './segments.tsx'

type Found = paths['/v1/messages/{id}']['get']['responses']['200']['content']['application/json']

/** One message as it came, what it meant, what others were told because of it, and what it would do today. */
export function Message() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data: who } = useWho()
  const isOfPartner = useIsOfPartner()
  const query = useQuery({
    queryKey: ['message', id],
    queryFn: () => answered(hub.GET('/v1/messages/{id}', { params: { path: { id } } })),
    // A moment later it is known what became of it, and whether somebody has to correct it.
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 2000 : false),
  })
  return (
    <Loaded query={query}>
      {(message) => (
        <Page title={`${frame('field.message')} ${message.id}`}>
          <Facts
            rows={[
              [frame('field.state'), <Status key="status" code={message.status} />],
              [frame('field.connection'), message.connection],
              [frame('field.since'), <When key="at" at={message.receivedAt} />],
              [frame('field.key'), message.identity],
              ['Content-Type', message.contentType],
              [say('bytes'), message.bytes.toLocaleString(language())],
              ['SHA-256', message.sha256],
              ...(message.parts === undefined ? [] : [partsRow(message, message.parts)]),
              ...(message.partOf === undefined ? [] : [partOfRow(message.partOf)]),
            ]}
          />
          {message.parked === undefined ? null : (
            <div className="notice" data-tone="bad">
              <strong>{message.parked.code}</strong> {hubSays(message.parked.detail)}{' '}
              {hubSays(message.parked.nextAction)}
            </div>
          )}
          {may(who?.scopes, 'messages:raw') && may(who?.scopes, 'personal:read') ? (
            <>
              <Segments key={id} id={id} />
              <RawMessage
                message={message}
                canFix={message.parked !== undefined && may(who?.scopes, 'parked:decide')}
              />
            </>
          ) : (
            <Section title={say('raw')}>
              <p>{say('raw.forbidden')}</p>
            </Section>
          )}
          <Meaning facts={message.facts} />
          {isOfPartner ? null : <Told id={id} />}
          {may(who?.scopes, 'replays:write') ? <ReplayMessage id={id} /> : null}
        </Page>
      )}
    </Loaded>
  )
}

/** They are messages of their own, of the same trace. */
function partsRow({ traceId, status }: Found, count: number): [string, ReactNode] {
  return [
    say('parts'),
    <span key="parts">
      <To page="/messages" search={{ traceId }}>
        {say('parts.stored', { count })}
      </To>{' '}
      {status === 'pending' ? say('parts.more') : null}
    </span>,
  ]
}

function partOfRow(whole: string): [string, ReactNode] {
  return [
    say('partOf'),
    <To key="partOf" page="/messages/$id" id={whole}>
      {whole}
    </To>,
  ]
}

function Meaning({ facts }: { readonly facts: Found['facts'] }) {
  return (
    <Section title={say('meaning')}>
      {facts.length === 0 ? <p>{say('meaning.none')}</p> : null}
      {facts.map(({ id, type, subject, data }) => (
        <details key={id}>
          <summary>{plain(type)}</summary>
          <p>
            <Subject id={subject} />
          </p>
          {data === undefined ? <p>{say('raw.forbidden')}</p> : <Raw data={data} label={`${plain(type)} ${subject}`} />}
        </details>
      ))}
    </Section>
  )
}

function Subject({ id }: { readonly id: string }) {
  const page = pageOf(id)
  return page === undefined ? (
    <code>{id}</code>
  ) : (
    <To page={page} id={id}>
      {id}
    </To>
  )
}

/** Postings that go back to it, with every attempt behind the link. */
function Told({ id }: { readonly id: string }) {
  const query = useQuery({
    queryKey: ['trace', id],
    queryFn: () => answered(hub.GET('/v1/trace', { params: { query: { reference: id } } })),
  })
  return (
    <Section title={say('told')}>
      <Loaded query={query}>
        {({ messages }) => {
          const effects = messages
            .filter(({ message }) => message === id)
            .flatMap(({ facts }) => facts.flatMap((fact) => fact.effects))
          return effects.length === 0 ? (
            <p>{say('told.none')}</p>
          ) : (
            <ul className="plain-list">
              {effects.map((effect) => (
                <li key={effect.id}>
                  <Status code={effect.state} />{' '}
                  <To page="/effects/$id" id={effect.id}>
                    {plain(effect.command)} → {effect.target}
                  </To>{' '}
                  {say('attempts', { count: effect.attempts })} {effect.documentReference} {effect.reason}
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </Section>
  )
}
