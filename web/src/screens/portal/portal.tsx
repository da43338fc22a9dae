import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { QuotaUse } from '../access/quota-use.tsx'
import { Standing } from '../partners/standing.tsx'
import { PartnerKeys } from './keys.tsx'
import { PortalMessages } from './messages.tsx'
import { say } from './portal.words.ts'
import { PortalSubscriptions } from './subscriptions.tsx'
import { Trial } from './trial.tsx'
import { Uploads } from './uploads.tsx'

/** How a partner stands, which the hub is asked for now and then. */
export function useStanding(partner: string) {
  return useQuery({
    queryKey: ['standing', partner],
    queryFn: () => answered(hub.GET('/v1/partners/{partner}/standing', { params: { path: { partner } } })),
    refetchInterval: 15_000,
  })
}

/** What people of a partner come for: what is still to be done, what became of what they sent, trying a document, their keys. */
export function Portal({ partner }: { readonly partner: string }) {
  const query = useStanding(partner)
  return (
    <Loaded query={query}>
      {(standing) => (
        <Page title={say('welcome', { name: standing.name })}>
          <Standing standing={standing} />
          {standing.connections.length === 0 ? null : (
            <>
              <Trial connections={standing.connections.map(({ id }) => id)} partner={partner} />
              <PortalMessages connections={standing.connections.map(({ id }) => id)} />
            </>
          )}
          <Uploads partner={partner} />
          <PortalSubscriptions />
          <PartnerKeys partner={partner} />
          <QuotaUse partner={partner} />
        </Page>
      )}
    </Loaded>
  )
}
