import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { forPartner } from '../../words/partner.ts'
import { say } from './portal.words.ts'

const tones = { taken: 'good', pending: 'plain', waiting: 'warn', parked: 'bad' } as const

/** What a partner sent lately, and what it does about what could not be taken. */
export function PortalMessages({ connections }: { readonly connections: readonly string[] }) {
  const [connection, setConnection] = useState(connections[0] ?? '')
  const query = useQuery({
    queryKey: ['portal', 'messages', connection],
    queryFn: () =>
      answered(hub.GET('/v1/connections/{connection}/messages', { params: { path: { connection }, query: {} } })),
    refetchInterval: 15_000,
  })
  return (
    <Section title={say('messages')}>
      <NativeSelect
        label={say('from')}
        data={[...connections]}
        value={connection}
        onChange={(event) => setConnection(event.currentTarget.value)}
      />
      <Loaded query={query}>
        {({ data, isWhole }) => (
          <>
            {data.length === 0 ? <p>{say('noMessages')}</p> : null}
            <ul className="plain-list" aria-label={say('messages')}>
              {data.map(({ id, identity, receivedAt, bytes, status, problem }) => (
                <li key={id}>
                  <Status code={say(`status.${status}` as 'status.taken')} tone={tones[status as 'taken'] ?? 'plain'} />{' '}
                  <When at={receivedAt} />{' '}
                  <To page="/messages/$id" id={id}>
                    {identity}
                  </To>{' '}
                  {say('bytes', { count: bytes })}
                  {problem === undefined ? null : (
                    <div>
                      {forPartner(problem.detail)} <em>{forPartner(problem.nextAction)}</em>
                    </div>
                  )}
                </li>
              ))}
            </ul>
            {isWhole ? null : <p>{say('older')}</p>}
          </>
        )}
      </Loaded>
    </Section>
  )
}
