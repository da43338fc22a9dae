import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Board } from '../../parts/board.tsx'
import { Page } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { say } from '../../words/words.ts'
import { empty } from '../empty.words.ts'
import { ParkedGroups } from './parked-groups.tsx'

interface Act {
  readonly messages: readonly string[]
  readonly action: 'release' | 'skip'
}

/** What could not be understood or done: why, and what to do about it. */
export function Parked() {
  const [act, setAct] = useState<Act>()
  const { data: who } = useWho()
  const isAllowed = may(who?.scopes, 'parked:decide')
  return (
    <Page title={say('nav.parked')}>
      <ParkedGroups />
      <Board
        path="/v1/parked"
        empty={empty('parked')}
        title={say('nav.parked')}
        rowKey={({ message }) => message}
        filters={[
          {
            name: 'connection',
            title: say('field.connection'),
            known: 'connections',
            seen: ({ connection }) => connection,
          },
          { name: 'code', title: say('field.code'), known: 'parkedCodes', seen: ({ code }) => code },
          { name: 'state', title: say('field.state'), values: ['parked', 'waiting', 'released'] },
        ]}
        act={isAllowed ? (rows) => <Many rows={rows} decide={setAct} /> : undefined}
        columns={[
          {
            id: 'message',
            title: say('field.message'),
            cell: ({ message }) => (
              <To className="row-link" page="/messages/$id" id={message}>
                {message}
              </To>
            ),
          },
          { id: 'connection', title: say('field.connection'), cell: ({ connection }) => connection },
          { id: 'code', title: say('field.code'), cell: ({ code }) => code },
          { id: 'detail', title: say('field.detail'), cell: ({ detail }) => hubSays(detail) },
          { id: 'next', title: say('parked.next'), cell: ({ nextAction }) => hubSays(nextAction) },
          { id: 'state', title: say('field.state'), cell: ({ state }) => <Status code={state} /> },
          { id: 'since', title: say('field.since'), cell: ({ since }) => <When at={since} /> },
          {
            id: 'decide',
            title: say('task.decide'),
            sorts: {},
            cell: ({ message, state }) =>
              state !== 'parked' || !isAllowed ? null : (
                <Group gap="xs" wrap="nowrap">
                  {(['release', 'skip'] as const).map((action) => (
                    <Button
                      key={action}
                      size="compact-xs"
                      variant="default"
                      onClick={() => setAct({ messages: [message], action })}
                    >
                      {say(`parked.${action}`)}
                    </Button>
                  ))}
                </Group>
              ),
          },
        ]}
      />
      {act === undefined ? null : (
        <Decide key={`${act.messages.join(' ')} ${act.action}`} act={act} close={() => setAct(undefined)} />
      )}
    </Page>
  )
}

interface ManyProps {
  readonly rows: readonly { readonly message: string; readonly state: string }[]
  readonly decide: (act: Act) => void
}

/** What is selected and waits for a person. */
function Many({ rows, decide }: ManyProps) {
  const messages = rows.filter(({ state }) => state === 'parked').map(({ message }) => message)
  return (['release', 'skip'] as const).map((action) => (
    <Button
      key={action}
      size="compact-sm"
      variant="default"
      disabled={messages.length === 0}
      onClick={() => decide({ messages, action })}
    >
      {say(`parked.${action}`)} ({messages.length})
    </Button>
  ))
}

function Decide({ act: { messages, action }, close }: { readonly act: Act; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const order = useOrder()
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const queries = useQueryClient()
  const decide = useMutation({
    mutationFn: async () => {
      // One after the other, in their order; the first that is refused ends it, and a further try goes on there.
      for (const message of messages) {
        if (done.has(message)) continue
        await order([message, reason], (header) => {
          const said = { params: { path: { message }, header }, body: { reason } }
          return answered(
            action === 'release'
              ? hub.POST('/v1/parked/{message}/release', said)
              : hub.POST('/v1/parked/{message}/skip', said),
          )
        })
        setDone((before) => new Set([...before, message]))
      }
    },
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/parked'] }),
  })
  const title = messages.length === 1 ? messages[0] : String(messages.length)
  return (
    <Modal opened onClose={close} title={`${say(`parked.${action}`)}: ${title}`} transitionProps={{ duration: 0 }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          decide.mutate()
        }}
      >
        {decide.error === null ? null : <Refusal error={decide.error} />}
        <Textarea
          label={say('parked.reason')}
          description={say('task.reason.needed')}
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group mt="md">
          <Button type="submit" loading={decide.isPending}>
            {say(`parked.${action}`)}
          </Button>
          <Button variant="default" onClick={close}>
            {say('common.cancel')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
