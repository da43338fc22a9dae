import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { instantOf } from '../../parts/zone.ts'
import { may, useWho } from '../../shell/who.ts'
import { say as portalSay } from '../portal/portal.words.ts'
import { say } from './subscription.words.ts'
import { SubscriptionExample } from './subscription-example.tsx'

/** One webhook subscription: how far it is, what could not be delivered, and what can be done about it. */
export function Subscription() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data: who } = useWho()
  const params = { path: { id } }
  const query = useQuery({
    queryKey: ['subscription', id],
    queryFn: async () => {
      const call = hub.GET('/v1/subscriptions/{id}', { params })
      const seen = await answered(call)
      return { ...seen, etag: (await call).response.headers.get('etag') ?? '' }
    },
    refetchInterval: 10_000,
  })
  const standing = useQuery({
    queryKey: ['subscription', id, 'standing'],
    queryFn: () => answered(hub.GET('/v1/subscriptions/{id}/standing', { params })),
    refetchInterval: 10_000,
  })
  return (
    <Loaded query={query}>
      {({ url, types, references, state, reason, createdAt, etag }) => (
        <Page title={say('title', { id })}>
          <Facts
            rows={[
              [say('address'), url],
              [say('types'), types.join(', ')],
              [say('references'), references.join(', ') || say('all')],
              [say('state'), <Status key="state" code={state} />],
              [say('why'), reason],
              [say('since'), <When key="at" at={createdAt} />],
              [say('behind'), standing.data?.behind],
            ]}
          />
          {may(who?.scopes, 'subscriptions:write') ? <Acts id={id} state={state} etag={etag} /> : null}
          {may(who?.scopes, 'subscriptions:write') ? (
            <Section title={portalSay('example')}>
              <SubscriptionExample id={id} url={url} />
            </Section>
          ) : null}
          <Deliveries id={id} />
        </Page>
      )}
    </Loaded>
  )
}

/** What is changed is what was seen: whoever was faster is not overwritten. */
function Acts({ id, state, etag }: { readonly id: string; readonly state: string; readonly etag: string }) {
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['subscription', id] })
  const path = { id }
  const order = useOrder()
  const turn = useMutation({
    mutationFn: () => {
      const params = { path, header: { 'If-Match': etag } }
      const body = { state: state === 'active' ? 'paused' : 'active' } as const
      return answered(hub.PATCH('/v1/subscriptions/{id}', { params, body }))
    },
    onSettled: onSuccess,
  })
  const rotate = useMutation({
    mutationFn: () =>
      order(id, (header) => answered(hub.POST('/v1/subscriptions/{id}/rotate', { params: { path, header } }))),
  })
  return (
    <Section title={say('acts')}>
      {[turn.error, rotate.error].map((error) =>
        error === null ? null : <Refusal key={error.message} error={error} />,
      )}
      <Group>
        <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>
          {state === 'active' ? say('pause') : say('resume')}
        </Button>
        <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {say('rotate')}
        </Button>
      </Group>
      {state === 'paused' ? <p>{say('paused')}</p> : null}
      {rotate.data === undefined ? null : (
        <div className="notice" role="status">
          {say('secret')} <code>{rotate.data.secret}</code>
        </div>
      )}
      <Recover id={id} done={onSuccess} />
    </Section>
  )
}

function Recover({ id, done }: { readonly id: string; readonly done: () => Promise<void> }) {
  const [since, setSince] = useState('')
  const order = useOrder()
  const recover = useMutation({
    mutationFn: () => {
      const body = { since: instantOf(since) }
      return order(body, (header) =>
        answered(hub.POST('/v1/subscriptions/{id}/recover', { params: { path: { id }, header }, body })),
      )
    },
    onSuccess: done,
  })
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        recover.mutate()
      }}
    >
      <TextInput
        type="datetime-local"
        label={say('recover')}
        required
        value={since}
        onChange={(event) => setSince(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={recover.isPending}>
        {say('recover')}
      </Button>
      {recover.error === null ? null : <Refusal error={recover.error} />}
      {recover.data === undefined ? null : <p role="status">{say('recovered', { ...recover.data })}</p>}
    </form>
  )
}

function Deliveries({ id }: { readonly id: string }) {
  const query = useQuery({
    queryKey: ['subscription', id, 'deliveries'],
    queryFn: () =>
      answered(hub.GET('/v1/effects', { params: { query: { target: `subscription:${id}`, limit: '100' } } })),
    refetchInterval: 10_000,
  })
  return (
    <Section title={say('failed')}>
      <p>{say('note')}</p>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('none')}</p>
          ) : (
            <ul className="plain-list">
              {data.map((one) => (
                <li key={one.id}>
                  <Status code={one.state} />{' '}
                  <To page="/effects/$id" id={one.id}>
                    {one.naturalKey}
                  </To>{' '}
                  {say('attempts', { count: one.attempts })} {one.reason}
                  {one.nextAt === undefined ? null : (
                    <>
                      {' '}
                      {say('next')} <When at={one.nextAt} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
