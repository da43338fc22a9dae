import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { type SendOrder, useOrder } from '../../api/use-order.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { instantOf } from '../../parts/zone.ts'
import { plain } from '../../words/words.ts'
import { say } from './jobs.words.ts'

/** What is to be replayed. */
interface Order {
  readonly connection?: string
  readonly cause?: string
  readonly since?: string
  readonly perSecond?: number
}

/** From so many messages on, the number has to be typed. */
const manyFrom = 1000

/** Replays begin with a look: what would happen is said before anything does. */
export function Replay() {
  const [order, setOrder] = useState<Order>()
  const [typed, type] = useState('')
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const send = useOrder()
  const look = useMutation({ mutationFn: (wanted: Order) => begin(send, { ...wanted, dryRun: true }) })
  const preview = usePreview(look.data?.id ?? '')
  const go = useMutation({
    mutationFn: () => begin(send, { ...order, dryRun: false, reason }),
    onSuccess: async () => {
      setOrder(undefined)
      look.reset()
      await queries.invalidateQueries({ queryKey: ['/v1/jobs'] })
    },
  })
  const seen = order === undefined ? undefined : preview.data
  const isSeen = seen !== undefined && ['succeeded', 'partly_failed'].includes(seen.status)
  const isCut = seen !== undefined && !isSeen && !goesOn(seen.status)
  const isSure = isSeen && reason.trim() !== '' && (seen.done < manyFrom || typed === String(seen.done))
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (isSeen) {
      if (isSure) go.mutate()
      return
    }
    const wanted = orderOf(new FormData(event.currentTarget))
    setOrder(wanted)
    look.mutate(wanted)
  }
  return (
    <Section title={say('start')}>
      <form
        onSubmit={submit}
        onChange={(event) => (event.target as HTMLElement).closest('.order') && setOrder(undefined)}
      >
        {look.error === null ? null : <Refusal error={look.error} />}
        {go.error === null ? null : <Refusal error={go.error} />}
        {order === undefined || preview.error === null ? null : <Refusal error={preview.error} />}
        <Fields />
        {isCut ? <p role="status">{say('cut', { state: plain(seen.status) })}</p> : null}
        {order !== undefined && !isSeen && !isCut && look.error === null && preview.error === null ? (
          <p role="status">{say('previewing')}</p>
        ) : null}
        {isSeen ? (
          <>
            <Seen seen={seen} />
            <TextInput
              label={say('reason')}
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {seen.done < manyFrom ? null : (
              <TextInput
                label={say('sure', { count: seen.done })}
                value={typed}
                onChange={(event) => type(event.currentTarget.value)}
              />
            )}
          </>
        ) : null}
        <Button type="submit" mt="md" disabled={isSeen && !isSure} loading={look.isPending || go.isPending}>
          {say(isSeen ? 'go' : 'preview')}
        </Button>
      </form>
    </Section>
  )
}

type Preview = paths['/v1/jobs/{id}']['get']['responses']['200']['content']['application/json']

/** What would happen. */
function Seen({ seen }: { readonly seen: Preview }) {
  return (
    <>
      <p role="status">
        {say('would', {
          done: seen.done,
          effects: seen.newEffects,
          facts: seen.newFacts,
          failed: seen.failed,
        })}
      </p>
      {seen.samples.length === 0 ? null : (
        <>
          <h3>{say('samples')}</h3>
          <ul className="plain-list">
            {seen.samples.map(({ naturalKey, command, target }) => (
              <li key={naturalKey}>
                {command} → {target} {naturalKey}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** How far the look is, and what it came to. */
function usePreview(id: string) {
  return useQuery({
    queryKey: ['preview', id],
    enabled: id !== '',
    queryFn: () => answered(hub.GET('/v1/jobs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (goesOn(state.data?.status ?? 'queued') ? 500 : false),
  })
}

function goesOn(status: string): boolean {
  return ['queued', 'running', 'paused'].includes(status)
}

function Fields() {
  return (
    <Group align="end" className="order">
      <TextInput name="connection" label={say('connection')} maxLength={100} />
      <TextInput name="cause" label={say('cause')} maxLength={100} />
      <TextInput name="since" type="datetime-local" label={say('since')} />
      <NumberInput name="perSecond" label={say('perSecond')} defaultValue={1000} min={1} max={10_000} hideControls />
    </Group>
  )
}

function begin(send: SendOrder, body: Order & { readonly dryRun: boolean; readonly reason?: string }) {
  return send(body, (header) => answered(hub.POST('/v1/replays', { params: { header }, body })))
}

function orderOf(form: FormData): Order {
  const text = (name: string): string => ((form.get(name) as string | null) ?? '').trim()
  const perSecond = Number(text('perSecond').replaceAll(/\D/g, ''))
  return {
    ...(text('connection') === '' ? {} : { connection: text('connection') }),
    ...(text('cause') === '' ? {} : { cause: text('cause') }),
    ...(text('since') === '' ? {} : { since: instantOf(text('since')) }),
    ...(perSecond > 0 ? { perSecond } : {}),
  }
}
