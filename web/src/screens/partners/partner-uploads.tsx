import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Twice } from '../../parts/twice.tsx'
import { may, useWho } from '../../shell/who.ts'
import { say } from '../portal/portal.words.ts'
import { type UploadedCertificate, UploadedCertificates, useUploads } from './uploaded-certificates.tsx'

/** What a partner has uploaded, for staff: whoever may change the network accepts it, or says why not. */
export function PartnerUploads({ partner }: { readonly partner: string }) {
  const { data: who } = useWho()
  const query = useUploads(partner)
  const mayDecide = may(who?.scopes, 'network:write')
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? null : (
          <Section title={say('uploads')}>
            <UploadedCertificates
              rows={data}
              act={(one) =>
                mayDecide && ['pending', 'accepted'].includes(one.state) ? (
                  <Decision one={one} partner={partner} />
                ) : null
              }
            />
          </Section>
        )
      }
    </Loaded>
  )
}

function Decision({ one, partner }: { readonly one: UploadedCertificate; readonly partner: string }) {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const params = { path: { id: one.id } }
  const onSuccess = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['uploads', partner] })
    await queries.invalidateQueries({ queryKey: ['standing', partner] })
  }
  const accept = useMutation({
    mutationFn: () =>
      answered(hub.POST('/v1/certificates/{id}/accept', { params, body: { fingerprint: one.fingerprint } })),
    onSuccess,
  })
  const refuse = useMutation({
    mutationFn: () => answered(hub.POST('/v1/certificates/{id}/refuse', { params, body: { reason } })),
    onSuccess,
  })
  const error = accept.error ?? refuse.error
  return (
    <>
      {error === null ? null : <Refusal error={error} />}
      <Group align="end">
        {one.state === 'pending' ? (
          <Twice
            word={say('accept')}
            really={say('acceptReally')}
            isBusy={accept.isPending}
            act={() => accept.mutate()}
          />
        ) : null}
        <TextInput
          label={say('why')}
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={reason.length < 3}
          loading={refuse.isPending}
          onClick={() => refuse.mutate()}
        >
          {say(one.state === 'pending' ? 'refuse' : 'takeOut')}
        </Button>
      </Group>
    </>
  )
}
