import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Twice } from '../../parts/twice.tsx'
import { When } from '../../parts/when.tsx'
import { say } from './portal.words.ts'

/** What a program of a partner may be given. */
const purposes = {
  send: ['inbound:write', 'messages:read'],
  follow: ['shipments:read', 'documents:read', 'inventory:read', 'messages:read'],
} as const
type Purpose = keyof typeof purposes

/** Own keys: made for what a program does, replaced by a new one while both count, and ended. */
export function PartnerKeys({ partner }: { readonly partner: string }) {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['portal', 'keys'],
    queryFn: () => answered(hub.GET('/v1/keys', { params: { query: { limit: '200' } } })),
  })
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['portal', 'keys'] })
    await queries.invalidateQueries({ queryKey: ['standing', partner] })
  }
  return (
    <Section title={say('keys')}>
      <p>{say('keysAbout')}</p>
      <NewKey refresh={refresh} />
      <Loaded query={query}>
        {({ data }) => (
          <Rows
            title={say('keys')}
            rows={data.filter(({ revokedAt }) => revokedAt === undefined)}
            rowKey={({ id }) => id}
            empty={say('noKeys')}
            columns={[
              { id: 'name', title: say('keyName'), cell: ({ name }) => <strong>{name}</strong> },
              { id: 'scopes', title: say('scopes'), cell: ({ scopes }) => scopes.join(', ') },
              {
                id: 'used',
                title: say('used'),
                cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? say('never') : <When at={lastUsedAt} />),
              },
              {
                id: 'expires',
                title: say('expires'),
                cell: ({ expiresAt }) => (expiresAt === undefined ? '' : <When at={expiresAt} />),
              },
              { id: 'rotate', title: say('rotate'), cell: ({ id }) => <RotateKey id={id} refresh={refresh} /> },
              { id: 'end', title: say('end'), cell: ({ id }) => <Revoke id={id} refresh={refresh} /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

function NewKey({ refresh }: { readonly refresh: () => Promise<void> }) {
  const [name, setName] = useState('')
  const [wanted, setWanted] = useState<readonly Purpose[]>(['send'])
  const order = useOrder()
  const create = useMutation({
    mutationFn: () => {
      const scopes = [...new Set<string>(wanted.flatMap((one) => purposes[one]))]
      const body = { name, scopes }
      return order(body, (header) => answered(hub.POST('/v1/keys', { params: { header }, body })))
    },
    onSuccess: refresh,
  })
  return (
    <>
      {create.error === null ? null : <Refusal error={create.error} />}
      {create.data === undefined ? null : (
        <div className="notice" role="status">
          {say('once')} <code>{create.data.key}</code>
        </div>
      )}
      <form
        className="filters"
        aria-label={say('newKey')}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextInput
          label={say('keyName')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={say('purpose')}
          value={[...wanted]}
          onChange={(chosen) => setWanted(chosen as Purpose[])}
        >
          <Group>
            {(Object.keys(purposes) as Purpose[]).map((one) => (
              <Checkbox key={one} value={one} label={say(`purpose.${one}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Button type="submit" disabled={wanted.length === 0} loading={create.isPending}>
          {say('newKey')}
        </Button>
      </form>
    </>
  )
}

function RotateKey({ id, refresh }: { readonly id: string; readonly refresh: () => Promise<void> }) {
  const order = useOrder()
  const rotate = useMutation({
    mutationFn: () =>
      order(id, (header) => answered(hub.POST('/v1/keys/{id}/rotate', { params: { path: { id }, header }, body: {} }))),
    onSuccess: refresh,
  })
  return (
    <>
      {rotate.error === null ? null : <Refusal error={rotate.error} />}
      {rotate.data === undefined ? null : (
        <div className="notice" role="status">
          {say('once')} <code>{rotate.data.key}</code> {say('oldUntil')} <When at={rotate.data.old.validUntil} />
        </div>
      )}
      <Twice word={say('rotate')} really={say('rotateReally')} isBusy={rotate.isPending} act={() => rotate.mutate()} />
    </>
  )
}

function Revoke({ id, refresh }: { readonly id: string; readonly refresh: () => Promise<void> }) {
  const revoke = useMutation({
    mutationFn: () => answered(hub.DELETE('/v1/keys/{id}', { params: { path: { id } } })),
    onSuccess: refresh,
  })
  return (
    <>
      {revoke.error === null ? null : <Refusal error={revoke.error} />}
      <Twice word={say('end')} really={say('really')} isBusy={revoke.isPending} act={() => revoke.mutate()} />
    </>
  )
}
