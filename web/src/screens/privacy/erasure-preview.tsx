import { Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Twice } from '../../parts/twice.tsx'
import { plain } from '../../words/words.ts'
import type { PersonAsked } from './person-field.tsx'
import { say } from './privacy.words.ts'

type Found = paths['/v1/privacy/previews']['post']['responses']['200']['content']['application/json']

interface PreviewProps {
  readonly person: PersonAsked
  readonly found: Found
}

/** What an erasure would do, and the button that does it. */
export function ErasurePreview({ person, found }: PreviewProps) {
  const { erased, stays, told, person: known } = found
  const rows = Object.entries(erased)
  return (
    <Section title={say('found')}>
      <Facts
        rows={[
          [say('names'), known.names.join(', ')],
          [say('reachedBy'), known.reachedBy.join(', ')],
          [say('streets'), known.streets.join(', ')],
          [say('postalCodes'), known.postalCodes.join(', ')],
          [say('told'), told.join(', ')],
        ]}
      />
      <Rows
        title={say('goes')}
        rows={rows}
        rowKey={([kind]) => kind}
        columns={[
          { id: 'kind', title: say('kind'), cell: ([kind]) => plain(kind) },
          { id: 'rows', title: say('rows'), cell: ([, count]) => count },
        ]}
      />
      {stays.length === 0 ? null : (
        <Rows
          title={say('stays')}
          rows={stays}
          rowKey={({ what }) => what}
          columns={[
            { id: 'what', title: say('stays'), cell: ({ what }) => plain(what) },
            { id: 'rows', title: say('rows'), cell: ({ count }) => count },
            { id: 'why', title: say('why'), cell: ({ why }) => why },
          ]}
        />
      )}
      <Erase person={person} found={found} />
    </Section>
  )
}

function Erase({ person, found: { erased, inUse } }: PreviewProps) {
  const [reason, setReason] = useState('')
  const [evenInUse, setEven] = useState(false)
  const order = useOrder()
  const queries = useQueryClient()
  const erase = useMutation({
    mutationFn: () => {
      const body = { person, reason, evenInUse }
      return order(body, (header) => answered(hub.POST('/v1/privacy/erasures', { params: { header }, body })))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/v1/privacy/erasures'] }),
  })
  const rows = Object.values(erased).reduce((sum, count) => sum + count, 0)
  const isInUse = inUse.unsent + inUse.processes > 0
  return (
    <>
      {isInUse ? (
        <>
          <p>{say('inUse', inUse)}</p>
          <Checkbox
            label={say('evenInUse')}
            checked={evenInUse}
            onChange={(event) => setEven(event.currentTarget.checked)}
          />
        </>
      ) : null}
      <TextInput
        label={say('reason')}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Twice word={say('erase')} really={say('really', { rows })} isBusy={erase.isPending} act={() => erase.mutate()} />
      <div aria-live="polite">{erase.data === undefined ? null : say('begun')}</div>
      {erase.error === null ? null : <Refusal error={erase.error} />}
    </>
  )
}
