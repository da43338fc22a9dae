import { Button, FileInput, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Twice } from '../../parts/twice.tsx'
import { UploadedCertificates, useUploads } from '../partners/uploaded-certificates.tsx'
import { base64Of } from './base64.ts'
import { say } from './portal.words.ts'

type Use = 'both' | 'signing' | 'encryption' | 'mtls'

/** What a partner uploads for itself, and what became of it. Nothing is shown to whom no certificate is asked for. */
export function Uploads({ partner }: { readonly partner: string }) {
  const query = useUploads(partner)
  const queries = useQueryClient()
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['uploads', partner] })
    await queries.invalidateQueries({ queryKey: ['standing', partner] })
  }
  return (
    <Loaded query={query}>
      {({ data, targets }) =>
        targets.length === 0 && data.length === 0 ? null : (
          <Section title={say('uploads')}>
            <p>{say('uploadsAbout')}</p>
            <Upload partner={partner} targets={targets} refresh={refresh} />
            <UploadedCertificates
              rows={data}
              act={(one) =>
                one.state === 'pending' ? <Withdraw partner={partner} id={one.id} refresh={refresh} /> : null
              }
            />
          </Section>
        )
      }
    </Loaded>
  )
}

interface UploadProps {
  readonly partner: string
  readonly targets: readonly { readonly target: string; readonly name: string; readonly uses: readonly string[] }[]
  readonly refresh: () => Promise<void>
}

function Upload({ partner, targets, refresh }: UploadProps) {
  const [target, setTarget] = useState(targets[0]?.target ?? '')
  const [use, setUse] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const uses = targets.find((one) => one.target === target)?.uses ?? []
  const wanted = (uses.includes(use) ? use : (uses[0] ?? 'both')) as Use
  const upload = useMutation({
    mutationFn: async () => {
      const params = { path: { partner } }
      const body = { use: wanted, target, content: await base64Of(file) }
      return answered(hub.POST('/v1/partners/{partner}/certificates', { params, body }))
    },
    onSuccess: refresh,
  })
  return (
    <>
      <form
        className="filters"
        aria-label={say('uploads')}
        onSubmit={(event) => {
          event.preventDefault()
          upload.mutate()
        }}
      >
        <NativeSelect
          label={say('forWhat')}
          data={targets.map((one) => ({ value: one.target, label: one.name }))}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
        <NativeSelect
          label={say('usedFor')}
          data={uses.map((one) => ({ value: one, label: say(`use.${one}` as 'use.both') }))}
          value={wanted}
          onChange={(event) => setUse(event.currentTarget.value)}
        />
        <FileInput
          label={say('certificateFile')}
          placeholder={say('choose')}
          value={file}
          onChange={setFile}
          required
        />
        <Button type="submit" disabled={file === null || target === ''} loading={upload.isPending}>
          {say('uploadIt')}
        </Button>
      </form>
      {upload.error === null ? null : <Refusal error={upload.error} />}
      <div role="status">
        {upload.data === undefined ? null : <p>{say('uploaded', { fingerprint: upload.data.fingerprint })}</p>}
      </div>
    </>
  )
}

interface WithdrawProps {
  readonly partner: string
  readonly id: string
  readonly refresh: () => Promise<void>
}

function Withdraw({ partner, id, refresh }: WithdrawProps) {
  const withdraw = useMutation({
    mutationFn: () =>
      answered(hub.DELETE('/v1/partners/{partner}/certificates/{id}', { params: { path: { partner, id } } })),
    onSuccess: refresh,
  })
  return (
    <>
      {withdraw.error === null ? null : <Refusal error={withdraw.error} />}
      <Twice
        word={say('withdraw')}
        really={say('withdraw')}
        isBusy={withdraw.isPending}
        act={() => withdraw.mutate()}
      />
    </>
  )
}
