import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { addressOf, answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { plain, wording } from '../../words/words.ts'

const say = wording({
  en: {
    title: 'By cause',
    none: 'Nothing is parked.',
    code: 'Cause',
    connection: 'Connection',
    count: 'Messages',
    days: 'Parked on',
    newest: 'Newest',
    last: 'Released last',
    never: 'not as a whole',
    by: '{done} by {by}',
    release: 'Release all: {code} on {connection}',
    look: 'Looking at what that would do …',
    would:
      '{count} messages would be read again. {fresh} postings would leave, {known} are in the ledger already and would not be repeated; {failed} still cannot be read.',
    confirm: 'This is more than 1,000. Type {count} to go on.',
    start: 'Release them',
    started: 'It runs in the background: {done} read, {failed} parked again.',
    finished: 'Done: {done} read, {failed} parked again.',
    close: 'Close',
  },
  de: {
    title: 'Nach Ursache',
    none: 'Nichts ist geparkt.',
    code: 'Ursache',
    connection: 'Verbindung',
    count: 'Nachrichten',
    days: 'Geparkt am',
    newest: 'Neueste',
    last: 'Zuletzt freigegeben',
    never: 'nicht als Ganzes',
    by: '{done} von {by}',
    release: 'Alle freigeben: {code} auf {connection}',
    look: 'Es wird nachgesehen, was das täte …',
    would:
      '{count} Nachrichten würden noch einmal gelesen. {fresh} Buchungen gingen hinaus, {known} sind schon gebucht und würden nicht wiederholt; {failed} sind noch immer nicht lesbar.',
    confirm: 'Das sind mehr als 1.000. Geben Sie {count} ein, um fortzufahren.',
    start: 'Freigeben',
    started: 'Es läuft im Hintergrund: {done} gelesen, {failed} wieder geparkt.',
    finished: 'Fertig: {done} gelesen, {failed} wieder geparkt.',
    close: 'Schließen',
  },
})

type Group = paths['/v1/parked-groups']['get']['responses']['200']['content']['application/json']['data'][number]
/** Above this somebody has to type how many there are. */
const typedAbove = 1000
const ends: readonly string[] = ['done', 'failed', 'cancelled']

/** What holds messages up, one line for a cause; all of a cause are let go together once it is seen what that does. */
export function ParkedGroups() {
  const { data: who } = useWho()
  const [open, setOpen] = useState<Group>()
  const query = useQuery({
    queryKey: ['/v1/parked', 'groups'],
    queryFn: () => answered(hub.GET('/v1/parked-groups')),
    refetchInterval: 15_000,
  })
  return (
    <Section title={say('title')}>
      <Loaded query={query}>
        {({ data }) => <Groups rows={data} open={may(who?.scopes, 'replays:write') ? setOpen : undefined} />}
      </Loaded>
      {open === undefined ? null : (
        <Release key={`${open.code} ${open.connection}`} group={open} close={() => setOpen(undefined)} />
      )}
    </Section>
  )
}

interface GroupsProps {
  readonly rows: readonly Group[]
  readonly open: ((group: Group) => void) | undefined
}

function Groups({ rows, open }: GroupsProps) {
  return (
    <Rows
      title={say('title')}
      name="causes"
      source={addressOf('/v1/parked-groups')}
      rows={rows}
      rowKey={({ code, connection }) => `${code} ${connection}`}
      empty={say('none')}
      columns={[
        {
          id: 'code',
          title: say('code'),
          by: ({ code }) => code,
          cell: (group) => <Cause group={group} open={open} />,
        },
        { id: 'connection', title: say('connection'), cell: ({ connection }) => connection },
        { id: 'count', title: say('count'), cell: ({ count }) => count },
        { id: 'days', title: say('days'), sorts: {}, cell: ({ days }) => <Days days={days} /> },
        { id: 'newest', title: say('newest'), cell: ({ newest }) => <When at={newest} /> },
        {
          id: 'last',
          title: say('last'),
          cell: ({ lastRelease }) =>
            lastRelease === undefined ? (
              say('never')
            ) : (
              <>
                <When at={lastRelease.at} /> {say('by', { done: lastRelease.done, by: lastRelease.by })}
              </>
            ),
        },
      ]}
    />
  )
}

function Cause({ group, open }: { readonly group: Group; readonly open: GroupsProps['open'] }) {
  const { code, connection, sample, detail, nextAction } = group
  return (
    <>
      <To page="/parked" search={{ code, connection }}>
        {code}
      </To>
      <div>
        <To page="/messages/$id" id={sample}>
          {sample}
        </To>
        : {hubSays(detail)}
      </div>
      <div>{hubSays(nextAction)}</div>
      {open === undefined ? null : (
        <Button size="compact-xs" variant="default" onClick={() => open(group)}>
          {say('release', { code, connection })}
        </Button>
      )}
    </>
  )
}

/** The newest day first. */
function Days({ days }: Pick<Group, 'days'>) {
  return Object.entries(days)
    .toSorted(([one], [other]) => (one < other ? 1 : -1))
    .map(([day, some]) => (
      <div key={day}>
        {day}: {some}
      </div>
    ))
}

/** A dry run first; what is released is a job that goes on without this page. */
function Release({ group: { code, connection, count }, close }: { readonly group: Group; readonly close: () => void }) {
  const [typed, setTyped] = useState('')
  const order = useOrder()
  const queries = useQueryClient()
  const start = (dryRun: boolean) => {
    const body = { cause: code, connection, dryRun }
    return order(body, (header) => answered(hub.POST('/v1/replays', { params: { header }, body })))
  }
  const look = useMutation({ mutationFn: () => start(true) })
  const act = useMutation({ mutationFn: () => start(false) })
  const looked = useJob(look.data?.id)
  const job = looked.data
  const run = useJob(act.data?.id)
  const { mutate } = look
  useEffect(() => mutate(), [mutate])
  const isOver = ends.includes(run.data?.status ?? '')
  useEffect(() => {
    // A list that does not come anew says so itself.
    if (isOver) queries.invalidateQueries({ queryKey: ['/v1/parked'] }).catch(() => undefined)
  }, [isOver, queries])
  return (
    <Modal
      opened
      onClose={close}
      title={say('release', { code, connection })}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {[look.error, looked.error, act.error].map((error) =>
        error === null ? null : <Refusal key={String(error)} error={error} />,
      )}
      <Looked job={job} />
      {count > typedAbove ? (
        <TextInput
          label={say('confirm', { count })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      {run.error === null ? null : <Refusal error={run.error} />}
      {act.data === undefined ? (
        <Button
          mt="sm"
          loading={act.isPending}
          disabled={job?.status !== 'done' || (count > typedAbove && typed !== String(count))}
          onClick={() => act.mutate()}
        >
          {say('start')}
        </Button>
      ) : (
        <p role="status">
          {say(isOver ? 'finished' : 'started', { done: run.data?.done ?? 0, failed: run.data?.failed ?? 0 })}
        </p>
      )}
    </Modal>
  )
}

/** What it would do, as far as that is seen. */
function Looked({ job }: { readonly job: ReturnType<typeof useJob>['data'] }) {
  return (
    <>
      {job === undefined || !ends.includes(job.status) ? (
        <p role="status">{say('look')}</p>
      ) : (
        <p role="status">
          {say('would', {
            count: job.done + job.failed,
            fresh: job.newEffects,
            known: job.knownEffects,
            failed: job.failed,
          })}
          {job.reason === undefined ? '' : ` ${job.reason}`}
        </p>
      )}
      <ul className="plain-list">
        {job?.samples.map(({ naturalKey, command, target }) => (
          <li key={naturalKey}>
            {plain(command)} → {target} ({naturalKey})
          </li>
        ))}
      </ul>
    </>
  )
}

function useJob(id: string | undefined) {
  return useQuery({
    queryKey: ['replay', id],
    queryFn: () => answered(hub.GET('/v1/replays/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (ends.includes(state.data?.status ?? '') ? false : 1000),
  })
}
