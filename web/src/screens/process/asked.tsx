import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { say as common, plain } from '../../words/words.ts'
import type { ProcessPage } from './page.ts'
import { say } from './words.ts'

type Row = ProcessPage['effects'][number]
type Posting = Row['postings'][number]

/** What other systems were asked to do: how it stands for the process, and what each system was told by the ledger. */
export function Asked({ process, rows }: { readonly process: string; readonly rows: readonly Row[] }) {
  if (rows.length === 0) return null
  return (
    <Section title={common('process.effects')}>
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={`${row.name} ${row.businessKey}`}>
            <strong>{plain(row.command)}</strong> {row.businessKey} <Status code={row.status} /> {row.document}{' '}
            {row.reason}
            {row.postings.length === 0 ? <small> {say('nobody')}</small> : null}
            <ul>
              {row.postings.map((posting) => (
                <li key={posting.id}>
                  <To page="/effects/$id" id={posting.id}>
                    {posting.target}
                  </To>{' '}
                  <Status code={posting.state} /> {posting.documentReference} {posting.reason}{' '}
                  {posting.nextAt === undefined ? null : <When at={posting.nextAt} />}
                  {posting.allowed.includes('release') ? <Retry process={process} posting={posting} /> : null}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Tries a posting again that waits for a person. */
function Retry({ process, posting }: { readonly process: string; readonly posting: Posting }) {
  const { data: who } = useWho()
  const [reason, setReason] = useState('')
  const order = useOrder()
  const queries = useQueryClient()
  const retry = useMutation({
    mutationFn: () => {
      const body = { action: 'release', reason } as const
      return order([posting.attempts, body], (header) =>
        answered(hub.POST('/v1/effects/{id}/decisions', { params: { path: { id: posting.id }, header }, body })),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['process', process] }),
  })
  if (!may(who?.scopes, 'effects:decide')) return null
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        retry.mutate()
      }}
    >
      <TextInput
        size="xs"
        label={say('retry.why')}
        required
        minLength={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={retry.isPending}>
        {say('retry')}: {posting.target}
      </Button>
      {retry.error === null ? null : <Refusal error={retry.error} />}
    </form>
  )
}
