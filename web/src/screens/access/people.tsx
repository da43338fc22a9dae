import { Button, MultiSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Board } from '../../parts/board.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { WithReason } from '../../parts/with-reason.tsx'
import { may, useWho } from '../../shell/who.ts'
import { say } from '../../words/words.ts'

const roles = ['viewer', 'operations', 'finance', 'stewardship', 'integration', 'administrator'] as const

/** Who may sign in, and what they may do. */
export function People() {
  const { data: who } = useWho()
  const isAllowed = may(who?.scopes, 'people:write')
  return (
    <Page title={say('nav.people')}>
      {isAllowed ? <Invite /> : null}
      <Board
        path="/v1/people"
        title={say('nav.people')}
        rowKey={({ id }) => id}
        columns={[
          { id: 'email', title: say('field.email'), cell: ({ email }) => <strong>{email}</strong> },
          { id: 'person', title: say('field.person'), cell: ({ name }) => name },
          { id: 'roles', title: say('field.roles'), cell: ({ roles: names }) => names.join(', ') },
          { id: 'state', title: say('field.state'), cell: ({ state }) => <Status code={state} /> },
          { id: 'since', title: say('field.since'), cell: ({ createdAt }) => <When at={createdAt} /> },
          {
            id: 'decide',
            title: say('task.decide'),
            cell: ({ id, name, state, version }) =>
              isAllowed ? <Acts id={id} name={name} state={state} version={version} /> : null,
          },
        ]}
      />
    </Page>
  )
}

function Invite() {
  const [said, setSaid] = useState({ email: '', name: '', roles: ['viewer'] as string[] })
  const queries = useQueryClient()
  const order = useOrder()
  const invite = useMutation({
    mutationFn: () =>
      order(said, (header) => answered(hub.POST('/v1/people', { params: { header }, body: said as never }))),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/v1/people'] }),
  })
  return (
    <Section title={say('people.invite')}>
      {invite.error === null ? null : <Refusal error={invite.error} />}
      {invite.data === undefined ? null : <OneTimeLink link={invite.data.link} />}
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate()
        }}
      >
        <TextInput
          type="email"
          label={say('field.email')}
          required
          value={said.email}
          onChange={(event) => setSaid({ ...said, email: event.currentTarget.value })}
        />
        <TextInput
          label={say('field.person')}
          required
          value={said.name}
          onChange={(event) => setSaid({ ...said, name: event.currentTarget.value })}
        />
        <MultiSelect
          label={say('field.roles')}
          data={[...roles]}
          value={said.roles}
          onChange={(names) => setSaid({ ...said, roles: names })}
        />
        <Button type="submit" loading={invite.isPending}>
          {say('people.invite')}
        </Button>
      </form>
    </Section>
  )
}

interface ActsProps {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly version: number
}

function Acts({ id, name, state, version }: ActsProps) {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['/v1/people'] })
  const order = useOrder()
  const link = useMutation({
    mutationFn: () =>
      order(id, (header) => answered(hub.POST('/v1/people/{id}/link', { params: { path: { id }, header } }))),
  })
  const disable = useMutation({
    mutationFn: (reason: string) => {
      const header = { 'If-Match': `"v${version}"` }
      return answered(
        hub.PATCH('/v1/people/{id}', { params: { path: { id }, header }, body: { disabled: true, reason } } as never),
      )
    },
    onSuccess: refresh,
  })
  if (state === 'disabled') return null
  return (
    <>
      {link.data === undefined ? null : <OneTimeLink link={link.data.link} />}
      {disable.error === null ? null : <Refusal error={disable.error} />}
      <Button size="compact-xs" variant="default" onClick={() => link.mutate()}>
        {say('people.newLink')}
      </Button>{' '}
      <WithReason
        word={say('people.disable')}
        really={say('people.disable.really', { name })}
        isBusy={disable.isPending}
        act={(reason) => disable.mutate(reason)}
      />
    </>
  )
}

function OneTimeLink({ link }: { readonly link: string }) {
  return (
    <div className="notice" role="status">
      {say('people.link')} <code>{link.startsWith('/') ? `${location.origin}${link}` : link}</code>
    </div>
  )
}
