import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { may, useWho } from '../../shell/who.ts'
import { plain } from '../../words/words.ts'
import { QuotaUse } from '../access/quota-use.tsx'
import { PortalMessages } from '../portal/messages.tsx'
import { useStanding } from '../portal/portal.tsx'
import { say } from '../portal/portal.words.ts'
import { Trial } from '../portal/trial.tsx'
import { PartnerUploads } from './partner-uploads.tsx'
import { Standing } from './standing.tsx'

/** One partner, for staff: how it stands, what it sent, and letting its people in. */
export function Partner() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data: who } = useWho()
  const query = useStanding(id)
  return (
    <Loaded query={query}>
      {(standing) => {
        const connections = standing.connections.map((one) => one.id)
        return (
          <Page title={standing.name}>
            <Facts
              rows={[
                [say('role'), plain(standing.role)],
                [say('contacts'), standing.contacts.join(', ')],
                [say('credentials'), standing.credentials],
                [say('people'), standing.people],
              ]}
            />
            <Standing standing={standing} />
            <PartnerUploads partner={id} />
            <QuotaUse partner={id} />
            {may(who?.scopes, 'people:write') ? <Invite partner={id} /> : null}
            {connections.length === 0 ? null : (
              <>
                {may(who?.scopes, 'portal:write') ? <Trial connections={connections} partner={id} /> : null}
                <PortalMessages connections={connections} />
              </>
            )}
          </Page>
        )
      }}
    </Loaded>
  )
}

function Invite({ partner }: { readonly partner: string }) {
  const [said, setSaid] = useState({ email: '', name: '' })
  const queries = useQueryClient()
  const order = useOrder()
  const invite = useMutation({
    mutationFn: () => {
      const body = { ...said, roles: ['partner' as const], partner }
      return order(body, (header) => answered(hub.POST('/v1/people', { params: { header }, body })))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['standing', partner] }),
  })
  const link = invite.data?.link ?? ''
  return (
    <Section title={say('invite')}>
      {invite.error === null ? null : <Refusal error={invite.error} />}
      {link === '' ? null : (
        <div className="notice" role="status">
          {say('link')} <code>{link.startsWith('/') ? `${location.origin}${link}` : link}</code>
        </div>
      )}
      <form
        className="filters"
        aria-label={say('invite')}
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate()
        }}
      >
        <TextInput
          type="email"
          label={say('email')}
          required
          value={said.email}
          onChange={(event) => setSaid({ ...said, email: event.currentTarget.value })}
        />
        <TextInput
          label={say('person')}
          required
          value={said.name}
          onChange={(event) => setSaid({ ...said, name: event.currentTarget.value })}
        />
        <Button type="submit" loading={invite.isPending}>
          {say('inviteIt')}
        </Button>
      </form>
    </Section>
  )
}
