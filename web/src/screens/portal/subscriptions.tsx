import { useMutation, useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { Twice } from '../../parts/twice.tsx'
import { When } from '../../parts/when.tsx'
import { SubscriptionExample } from '../subscriptions/subscription-example.tsx'
import { say } from './portal.words.ts'

/** What a partner is told by webhook: its secret is changed and an example is sent here; what it is told of is agreed with staff. */
export function PortalSubscriptions() {
  const query = useQuery({
    queryKey: ['portal', 'subscriptions'],
    queryFn: () => answered(hub.GET('/v1/subscriptions', { params: { query: { limit: '100' } } })),
  })
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? null : (
          <Section title={say('subscriptions')}>
            <p>{say('subscriptionsAbout')}</p>
            <ul className="plain-list" aria-label={say('subscriptions')}>
              {data.map(({ id, url, types, state }) => (
                <li key={id}>
                  <Status code={state} /> <strong>{url}</strong> {types.join(', ')}
                  <SubscriptionExample id={id} url={url} />
                  <NewSecret id={id} />
                </li>
              ))}
            </ul>
          </Section>
        )
      }
    </Loaded>
  )
}

function NewSecret({ id }: { readonly id: string }) {
  const order = useOrder()
  const rotate = useMutation({
    mutationFn: () =>
      order(id, (header) => answered(hub.POST('/v1/subscriptions/{id}/rotate', { params: { path: { id }, header } }))),
  })
  return (
    <>
      {rotate.error === null ? null : <Refusal error={rotate.error} />}
      {rotate.data === undefined ? null : (
        <div className="notice" role="status">
          {say('once')} <code>{rotate.data.secret}</code> {say('oldSignsUntil')} <When at={rotate.data.oldValidUntil} />
        </div>
      )}
      <Twice
        word={say('newSecret')}
        really={say('newSecretReally')}
        isBusy={rotate.isPending}
        act={() => rotate.mutate()}
      />
    </>
  )
}
