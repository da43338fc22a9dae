import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { components } from '../../api/schema.ts'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { say } from '../portal/portal.words.ts'

/** A certificate that a partner has uploaded, as the hub says it. */
export type UploadedCertificate = components['schemas']['UploadedCertificate']

/** What a partner has uploaded, and for what it may. */
export function useUploads(partner: string) {
  return useQuery({
    queryKey: ['uploads', partner],
    queryFn: () => answered(hub.GET('/v1/partners/{partner}/certificates', { params: { path: { partner } } })),
    refetchInterval: 15_000,
  })
}

const tones = { pending: 'warn', accepted: 'good', refused: 'bad', withdrawn: 'plain', ended: 'plain' } as const

interface ListProps {
  readonly rows: readonly UploadedCertificate[]
  /** What can be done about one. */
  readonly act: (one: UploadedCertificate) => ReactNode
}

/** Each with its fingerprint, which people compare over another way. */
export function UploadedCertificates({ rows, act }: ListProps) {
  if (rows.length === 0) return <p>{say('noUploads')}</p>
  return (
    <ul className="plain-list" aria-label={say('uploads')}>
      {rows.map((one) => (
        <li key={one.id}>
          <Status code={say(`state.${one.state}` as 'state.pending')} tone={tones[one.state as 'pending']} />{' '}
          {one.target}, {say(`use.${one.use}` as 'use.both')}: {one.subject}, {say('until')} <When at={one.validTo} />
          <div>
            <small>{say('fingerprint', { fingerprint: one.fingerprint })}</small>
          </div>
          {one.reason === undefined ? null : <em>{one.reason}</em>}
          {act(one)}
        </li>
      ))}
    </ul>
  )
}
