import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Board } from '../../parts/board.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { say } from './access.words.ts'
import { Once, Revoke, ScopesField, Used } from './parts.tsx'

const methods = ['private_key_jwt', 'self_signed_tls_client_auth', 'tls_client_auth', 'client_secret_basic'] as const
type Method = (typeof methods)[number]

interface Rotated {
  readonly id: string
  readonly name: string
  readonly method: Method
}

/** Systems and partners that get tokens. */
export function Clients({ isAllowed }: { readonly isAllowed: boolean }) {
  const [rotated, setRotated] = useState<Rotated>()
  return (
    <Section title={say('clients')}>
      {isAllowed ? <Create /> : null}
      {rotated === undefined ? null : <Rotate key={rotated.id} client={rotated} close={() => setRotated(undefined)} />}
      <Board
        path="/v1/clients"
        name="clients"
        title={say('clients')}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', title: say('name'), cell: ({ name }) => <strong>{name}</strong> },
          { id: 'partner', title: say('partner'), cell: ({ partner }) => partner ?? '' },
          { id: 'method', title: say('method'), cell: ({ method }) => say(method as Method) },
          { id: 'scopes', title: say('scopes'), cell: ({ scopes }) => scopes.join(', ') },
          { id: 'proof', title: say('proof'), cell: ({ credentials }) => credentials.length },
          { id: 'used', title: say('used'), cell: ({ lastUsedAt }) => <Used at={lastUsedAt} /> },
          {
            id: 'state',
            title: say('state'),
            cell: ({ revokedAt }) => say(revokedAt === undefined ? 'active' : 'revoked'),
          },
          {
            id: 'acts',
            title: say('acts'),
            cell: ({ id, name, method, revokedAt }) =>
              isAllowed && revokedAt === undefined ? (
                <Group gap="xs" wrap="nowrap">
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => setRotated({ id, name, method: method as Method })}
                  >
                    {say('rotate')}
                  </Button>{' '}
                  <Revoke path="/v1/clients/{id}" id={id} />
                </Group>
              ) : null,
          },
        ]}
      />
    </Section>
  )
}

function Create() {
  const empty = { name: '', partner: '', scopes: [] as string[], method: 'private_key_jwt' as Method, proof: '' }
  const [said, setSaid] = useState(empty)
  const queries = useQueryClient()
  const order = useOrder()
  const create = useMutation({
    mutationFn: () => {
      const { name, partner, scopes, method, proof } = said
      const body = { name, scopes, method, ...(partner === '' ? {} : { partner }), ...proofOf(method, proof) }
      return order(body, (header) => answered(hub.POST('/v1/clients', { params: { header }, body: body as never })))
    },
    onSuccess: async () => {
      setSaid(empty)
      await queries.invalidateQueries({ queryKey: ['/v1/clients'] })
    },
  })
  const change = (part: Partial<typeof empty>): void => setSaid({ ...said, ...part })
  return (
    <>
      {create.error === null ? null : <Refusal error={create.error} />}
      {create.data === undefined ? null : <Made made={create.data} />}
      <form
        className="filters"
        aria-label={say('newClient')}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextInput
          label={say('name')}
          required
          value={said.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={say('partner')}
          description={say('partnerHint')}
          value={said.partner}
          onChange={(event) => change({ partner: event.currentTarget.value })}
        />
        <ScopesField value={said.scopes} change={(scopes) => change({ scopes })} />
        <NativeSelect
          label={say('method')}
          data={methods.map((value) => ({ value, label: say(value) }))}
          value={said.method}
          onChange={(event) => change({ method: event.currentTarget.value as Method, proof: '' })}
        />
        <ProofField method={said.method} value={said.proof} change={(proof) => change({ proof })} />
        <Button type="submit" loading={create.isPending}>
          {say('newClient')}
        </Button>
      </form>
    </>
  )
}

function Rotate({ client, close }: { readonly client: Rotated; readonly close: () => void }) {
  const { id, name, method } = client
  const [proof, setProof] = useState('')
  const queries = useQueryClient()
  const order = useOrder()
  const rotate = useMutation({
    mutationFn: () => {
      const body = proofOf(method, proof)
      return order(body, (header) =>
        answered(hub.POST('/v1/clients/{id}/credentials', { params: { path: { id }, header }, body })),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/v1/clients'] }),
  })
  return (
    <form
      className="notice"
      aria-label={say('rotateTitle', { name })}
      onSubmit={(event) => {
        event.preventDefault()
        rotate.mutate()
      }}
    >
      <strong>{say('rotateTitle', { name })}</strong> {method === 'tls_client_auth' ? null : say('rotateAbout')}
      {rotate.error === null ? null : <Refusal error={rotate.error} />}
      {rotate.data === undefined ? null : <Made made={rotate.data} />}
      {rotate.data === undefined ? <ProofField method={method} value={proof} change={setProof} /> : null}
      {rotate.data === undefined ? (
        <Button type="submit" size="compact-sm" mt="xs" loading={rotate.isPending} autoFocus>
          {say('rotate')}
        </Button>
      ) : null}{' '}
      <Button size="compact-sm" mt="xs" variant="default" onClick={close}>
        {say('cancel')}
      </Button>
    </form>
  )
}

interface ProofProps {
  readonly method: Method
  readonly value: string
  readonly change: (text: string) => void
}

/** What the client has to give; nothing for a secret, which the hub makes. */
function ProofField({ method, value, change }: ProofProps) {
  if (method === 'client_secret_basic') return null
  if (method === 'tls_client_auth')
    return (
      <TextInput
        label={say('subject')}
        required
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    )
  return (
    <Textarea
      label={say(method === 'private_key_jwt' ? 'publicKey' : 'certificate')}
      required
      rows={4}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function proofOf(method: Method, text: string) {
  switch (method) {
    case 'private_key_jwt':
      return { publicKey: text }
    case 'self_signed_tls_client_auth':
      return { certificate: text }
    case 'tls_client_auth':
      return { subject: { kind: 'dns' as const, value: text } }
    case 'client_secret_basic':
      return {}
  }
}

interface MadeProps {
  readonly made: { readonly id: string; readonly tokenEndpoint: string; readonly secret?: string }
}

function Made({ made: { id, tokenEndpoint, secret } }: MadeProps) {
  return <Once text={secret}>{say('clientIs', { id, endpoint: tokenEndpoint })}</Once>
}
