import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { plain } from '../../words/words.ts'
import type { ProcessPage } from './page.ts'
import { say } from './words.ts'

type Wish = ProcessPage['actions'][number]

/** What an engineer may do by hand, with what follows from it; what is not possible says why. */
export function Actions({ id, actions }: { readonly id: string; readonly actions: readonly Wish[] }) {
  const possible = actions.filter(({ problem }) => problem === undefined)
  // What was done may leave nothing more to do: that it was heard is said here all the same.
  const [isSent, sent] = useState(false)
  return (
    <Section title={say('actions')}>
      <ul className="plain-list">
        {actions
          .filter(({ problem }) => problem !== undefined)
          .map((wish) => (
            <li key={nameOf(wish)}>
              {wordOf(wish)}: <small>{hubSays(wish.problem ?? '')}</small>
            </li>
          ))}
      </ul>
      {possible.length === 0 ? null : <Act key={possible.map(nameOf).join()} id={id} wishes={possible} sent={sent} />}
      {isSent ? <p role="status">{say('sent')}</p> : null}
    </Section>
  )
}

interface ActProps {
  readonly id: string
  readonly wishes: readonly Wish[]
  readonly sent: (isSent: boolean) => void
}

function Act({ id, wishes, sent }: ActProps) {
  const [named, name] = useState(nameOf(wishes[0] as Wish))
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const wish = wishes.find((one) => nameOf(one) === named)
  const order = useOrder()
  const act = useMutation({
    mutationFn: () => {
      const { action, branch, to } = wish as Wish
      const body = {
        ...{ action: action as 'cancel', reason },
        ...(branch === undefined ? {} : { branch }),
        ...(to === undefined ? {} : { to }),
      }
      return order(body, (header) =>
        answered(hub.POST('/v1/processes/instances/{id}/decide', { params: { path: { id }, header }, body })),
      )
    },
    onMutate: () => sent(false),
    onSuccess: () => {
      sent(true)
      setReason('')
      return queries.invalidateQueries({ queryKey: ['process', id] })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate()
      }}
    >
      <NativeSelect
        label={say('action')}
        value={named}
        data={wishes.map((one) => ({ value: nameOf(one), label: wordOf(one) }))}
        onChange={(event) => name(event.currentTarget.value)}
      />
      <p>{hubSays(wish?.consequence ?? '')}</p>
      <Textarea
        label={say('why')}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm" loading={act.isPending}>
        {say('go')}
      </Button>
      {act.error === null ? null : <Refusal error={act.error} />}
    </form>
  )
}

function nameOf({ action, branch = '', to = '' }: Wish): string {
  return [action, branch, to].join(' ')
}

function wordOf({ action, branch = '', to = '' }: Wish): string {
  if (action === 'skip') return say('action.skip', { branch: plain(branch), to: plain(to) })
  return say(action === 'cancel' ? 'action.cancel' : 'action.migrate')
}
