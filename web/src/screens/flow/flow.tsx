import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { may, useWho } from '../../shell/who.ts'
import { FlowList, type FlowWish, wordOf } from './list.tsx'
import { Picture } from './picture.tsx'
import { Through } from './through.tsx'
import { say } from './words.ts'

/** How everything flows from systems through the hub to systems, and how a connection is stopped for a while. */
export function Flow() {
  const { data: who } = useWho()
  const [wish, want] = useState<FlowWish>()
  const [told, tell] = useState('')
  const query = useQuery({
    queryKey: ['/v1/flow'],
    queryFn: () => answered(hub.GET('/v1/flow')),
    refetchInterval: 5000,
  })
  return (
    <Page title={say('title')}>
      <p role="status">{told}</p>
      <Loaded query={query}>
        {(flow) => (
          <>
            <Picture flow={flow} />
            <Section title={say('twin')}>
              <FlowList flow={flow} want={may(who?.scopes, 'flow:write') ? want : undefined} />
            </Section>
          </>
        )}
      </Loaded>
      <Through />
      {wish === undefined ? null : (
        <Sure
          wish={wish}
          close={(isDone) => {
            want(undefined)
            if (isDone) tell(say('done', { verb: wordOf(wish), connection: wish.connection }))
          }}
        />
      )}
    </Page>
  )
}

interface SureProps {
  readonly wish: FlowWish
  readonly close: (isDone: boolean) => void
}

/** Says what follows, and asks why. */
function Sure({ wish, close }: SureProps) {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: () => send(wish, reason),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/v1/flow'] })
      close(true)
    },
  })
  return (
    <Modal
      opened
      onClose={() => close(false)}
      title={say('about', { verb: wordOf(wish), connection: wish.connection })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate()
        }}
      >
        {wish.verb === 'pause' ? <p>{say('kept')}</p> : null}
        {wish.verb === 'drain' ? <p>{say('drainAbout')}</p> : null}
        {act.error === null ? null : <Refusal error={act.error} />}
        <Textarea
          label={say('reason')}
          required
          data-autofocus
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group mt="sm">
          <Button type="submit" loading={act.isPending}>
            {say('go')}
          </Button>
          <Button variant="default" onClick={() => close(false)}>
            {say('cancel')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

function send({ connection, verb, stage }: FlowWish, reason: string): Promise<unknown> {
  const params = { path: { connection } }
  if (verb === 'reset') return answered(hub.POST('/v1/flow/{connection}/reset-breaker', { params, body: { reason } }))
  if (stage === 'both')
    return verb === 'drain'
      ? answered(hub.POST('/v1/flow/{connection}/drain', { params, body: { reason } }))
      : answered(hub.POST('/v1/flow/{connection}/end-drain', { params, body: { reason } }))
  const body = { stage, reason }
  return verb === 'pause'
    ? answered(hub.POST('/v1/flow/{connection}/pause', { params, body }))
    : answered(hub.POST('/v1/flow/{connection}/resume', { params, body }))
}
