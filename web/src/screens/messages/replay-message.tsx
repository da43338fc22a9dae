import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { plain } from '../../words/words.ts'
import { say } from './message.words.ts'

const ends: readonly string[] = ['done', 'failed', 'cancelled']

/** What the message would do with the maps of today; then, if somebody wants it, that. */
export function ReplayMessage({ id }: { readonly id: string }) {
  const order = useOrder()
  const start = (dryRun: boolean) => {
    const body = { messages: [id], dryRun }
    return order(body, (header) => answered(hub.POST('/v1/replays', { params: { header }, body })))
  }
  const look = useMutation({ mutationFn: () => start(true) })
  const act = useMutation({ mutationFn: () => start(false) })
  return (
    <Section title={say('replay')}>
      <p>{say('replay.about')}</p>
      {look.error === null ? null : <Refusal error={look.error} />}
      <Button variant="default" loading={look.isPending} disabled={look.isSuccess} onClick={() => look.mutate()}>
        {say('replay.ask')}
      </Button>
      {look.data === undefined ? null : (
        <Course id={look.data.id}>
          {act.isSuccess ? null : (
            <Button mt="sm" loading={act.isPending} onClick={() => act.mutate()}>
              {say('replay.do')}
            </Button>
          )}
        </Course>
      )}
      {act.error === null ? null : <Refusal error={act.error} />}
      {act.data === undefined ? null : <Course id={act.data.id} />}
    </Section>
  )
}

/** How far it is, and what it came to. `children` are offered once it has ended well. */
function Course({ id, children }: { readonly id: string; readonly children?: ReactNode }) {
  const query = useQuery({
    queryKey: ['replay', id],
    queryFn: () => answered(hub.GET('/v1/replays/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (ends.includes(state.data?.status ?? '') ? false : 1000),
  })
  return (
    <Loaded query={query}>
      {(job) =>
        !ends.includes(job.status) ? (
          <p role="status">{say('replay.running')}</p>
        ) : job.failed > 0 || job.status !== 'done' ? (
          <p role="status">{say('replay.failed', { reason: job.reason ?? plain(job.status) })}</p>
        ) : job.dryRun ? (
          <>
            <p role="status">
              {say('replay.would', { facts: job.newFacts, fresh: job.newEffects, known: job.knownEffects })}
            </p>
            <ul className="plain-list">
              {job.samples.map(({ naturalKey, command, target, known }) => (
                <li key={naturalKey}>
                  {plain(command)} → {target}: {known ? say('stays') : <strong>{say('leaves')}</strong>} ({naturalKey})
                </li>
              ))}
            </ul>
            {children}
          </>
        ) : (
          <p role="status">{say('replay.done')}</p>
        )
      }
    </Loaded>
  )
}
