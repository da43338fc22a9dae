import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub, Refused } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Facts } from '../../parts/facts.tsx'
import { Known } from '../../parts/known.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Panels, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { pageOf } from '../../parts/subject.ts'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { say as frame, plain } from '../../words/words.ts'
import { Decisions } from './decide.tsx'
import { say } from './task.words.ts'
import { TaskOptions } from './task-options.tsx'

type Found = paths['/v1/tasks/{id}']['get']['responses']['200']['content']['application/json']

/** A question with its evidence, and the decisions that are possible with what follows from each. */
export function Task() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['task', id],
    queryFn: () => answered(hub.GET('/v1/tasks/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  })
  const { data: who } = useWho()
  return (
    <Loaded query={query}>
      {(task) => {
        const canDecide = task.state === 'open' && may(who?.scopes, 'tasks:decide')
        return (
          <Page title={hubSays(task.question)}>
            <Standing task={task} />
            {canDecide ? (
              <Take task={task} name={who?.name ?? ''} canTakeOver={may(who?.scopes, 'tasks:reassign')} />
            ) : null}
            {task.approvals.map(({ by, decision }) => (
              <div key={by} className="notice" data-tone="warn">
                {plain(decision)}: {frame('task.approved', { by })}
              </div>
            ))}
            <TaskOptions evidence={task.evidence} />
            {canDecide ? <Decisions id={task.id} choices={task.decisions} /> : null}
            <Panels>
              <Section title={frame('task.evidence')}>
                <Known data={task.evidence} label={frame('task.evidence')} />
              </Section>
              <Section title={frame('task.history')}>
                <Entries of={task.history} />
                {may(who?.scopes, 'tasks:decide') ? <Note id={task.id} /> : null}
              </Section>
            </Panels>
          </Page>
        )
      }}
    </Loaded>
  )
}

/** Whose turn it is until when, what it is about, and what was decided. */
function Standing({ task }: { readonly task: Found }) {
  const { state, overdue, role, assignee, dueAt, outcome, origin } = task
  const about = [...(origin === undefined ? [] : [origin]), ...task.objects].filter((one) => pageOf(one) !== undefined)
  return (
    <>
      <Facts
        rows={[
          [
            frame('field.state'),
            <span key="state">
              <Status code={state} /> {overdue ? <Status code="late" /> : null}
            </span>,
          ],
          [frame('field.role'), plain(role)],
          [say('taken'), assignee],
          [frame('field.due'), dueAt === undefined ? '' : <When key="due" at={dueAt} />],
          [say('about'), about.length === 0 ? '' : <About key="about" objects={[...new Set(about)]} />],
        ]}
      />
      {outcome === undefined ? null : (
        <div className="notice" role="status">
          {frame('task.closed', { decision: plain(outcome.decision) })} · {outcome.by} · {outcome.reason}
        </div>
      )}
    </>
  )
}

function About({ objects }: { readonly objects: readonly string[] }) {
  return objects.map((id, index) => (
    <span key={id}>
      {index === 0 ? '' : ' · '}
      <To page={pageOf(id) ?? ''} id={id}>
        {say(id.slice(0, 3) as 'ord')}
      </To>
    </span>
  ))
}

function Entries({ of }: { readonly of: Found['history'] }) {
  if (of.length === 0) return <p>{frame('list.empty')}</p>
  return (
    <ol className="plain-list">
      {of.map(({ at, by, did, text }) => (
        <li key={`${at} ${did}`}>
          <When at={at} /> {by} {plain(did)} {text}
        </li>
      ))}
    </ol>
  )
}

interface TakeProps {
  readonly task: Found
  /** Of whoever looks. */
  readonly name: string
  /** They may take from a colleague what that one has. */
  readonly canTakeOver: boolean
}

/** Whoever has taken it is named, so that two people do not work on it; nobody gives back what a colleague has. */
function Take({ task, name, canTakeOver }: TakeProps) {
  const order = useOrder()
  const { assignee } = task
  const isOwn = assignee === name
  const body = isOwn ? {} : { assignee: name }
  const take = useSaying(task.id, () =>
    order(body, (header) =>
      answered(hub.POST('/v1/tasks/{id}/assign', { params: { path: { id: task.id }, header }, body })),
    ),
  )
  const isOfColleague = assignee !== undefined && !isOwn
  const isSecond = isOfColleague && isTaken(take.error)
  const can = isOwn ? say('giveBack') : isOfColleague ? say('takeOver', { name: assignee }) : say('take')
  return (
    <>
      {isSecond ? (
        <div className="notice" data-tone="warn" role="alert">
          {say('taken.first', { name: assignee })}
        </div>
      ) : null}
      {isOfColleague ? <div className="notice">{say('taken.colleague', { name: assignee })}</div> : null}
      {take.error === null || isSecond ? null : <Refusal error={take.error} />}
      {isOfColleague && !canTakeOver ? null : (
        <p>
          <Button size="xs" variant="default" loading={take.isPending} onClick={() => take.mutate()}>
            {can}
          </Button>
        </p>
      )}
    </>
  )
}

/** Somebody else had it before: whoever looks is told their name, by the task as it is now. */
function isTaken(error: unknown): boolean {
  return error instanceof Refused && error.problem.code === 'TASK_TAKEN'
}

function Note({ id }: { readonly id: string }) {
  const [text, setText] = useState('')
  const order = useOrder()
  const note = useSaying(id, () =>
    order(text, (header) =>
      answered(hub.POST('/v1/tasks/{id}/note', { params: { path: { id }, header }, body: { text } })),
    ).then(() => setText('')),
  )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        note.mutate()
      }}
    >
      {note.error === null ? null : <Refusal error={note.error} />}
      <Textarea
        label={say('note')}
        required
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={note.isPending}>
        {say('write')}
      </Button>
    </form>
  )
}

/** Says something about a task, and shows it as it is then: also where it was refused, because somebody else was first. */
function useSaying(id: string, say: () => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: say, onSettled: () => queries.invalidateQueries({ queryKey: ['task', id] }) })
}
