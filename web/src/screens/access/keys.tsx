import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Board } from '../../parts/board.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { When } from '../../parts/when.tsx'
import { say } from './access.words.ts'
import { Once, Revoke, ScopesField, Used } from './parts.tsx'

/** Keys with their last use; the text of a new one is shown once. */
export function Keys() {
  const [said, setSaid] = useState({ name: '', scopes: [] as string[] })
  const queries = useQueryClient()
  const order = useOrder()
  const create = useMutation({
    mutationFn: () =>
      order(said, (header) => answered(hub.POST('/v1/keys', { params: { header }, body: said as never }))),
    onSuccess: async () => {
      setSaid({ name: '', scopes: [] })
      await queries.invalidateQueries({ queryKey: ['/v1/keys'] })
    },
  })
  return (
    <Section title={say('keys')}>
      {create.error === null ? null : <Refusal error={create.error} />}
      {create.data === undefined ? null : <Once text={create.data.key} />}
      <form
        className="filters"
        aria-label={say('newKey')}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextInput
          label={say('name')}
          required
          value={said.name}
          onChange={(event) => setSaid({ ...said, name: event.currentTarget.value })}
        />
        <ScopesField value={said.scopes} change={(scopes) => setSaid({ ...said, scopes })} />
        <Button type="submit" loading={create.isPending}>
          {say('newKey')}
        </Button>
      </form>
      <Board
        path="/v1/keys"
        name="keys"
        title={say('keys')}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', title: say('name'), cell: ({ name }) => <strong>{name}</strong> },
          { id: 'scopes', title: say('scopes'), cell: ({ scopes }) => scopes.join(', ') },
          {
            id: 'expires',
            title: say('expires'),
            cell: ({ expiresAt }) => (expiresAt === undefined ? '' : <When at={expiresAt} />),
          },
          { id: 'used', title: say('used'), cell: ({ lastUsedAt }) => <Used at={lastUsedAt} /> },
          {
            id: 'state',
            title: say('state'),
            cell: ({ revokedAt }) => say(revokedAt === undefined ? 'active' : 'revoked'),
          },
          {
            id: 'acts',
            title: say('acts'),
            cell: ({ id, revokedAt }) => (revokedAt === undefined ? <Revoke path="/v1/keys/{id}" id={id} /> : null),
          },
        ]}
      />
    </Section>
  )
}
