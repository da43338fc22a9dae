import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import type { paths } from '../api/schema.ts'
import { Facts, Raw } from '../parts/facts.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { Status } from '../parts/status.tsx'
import { When } from '../parts/when.tsx'
import { may, useWho } from '../shell/who.ts'
import { plain, say } from '../words/words.ts'

type Found = paths['/v1/tasks/{id}']['get']['responses']['200']['content']['application/json']
type Choice = Found['decisions'][number]

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
      {(task) => (
        <Page title={task.question}>
          <Facts
            rows={[
              [say('field.state'), <Status key="state" code={task.state} />],
              [say('field.role'), plain(task.role)],
              [say('field.due'), task.dueAt === undefined ? '' : <When key="due" at={task.dueAt} />],
            ]}
          />
          {task.outcome === undefined ? null : (
            <div className="notice" role="status">
              {say('task.closed', { decision: plain(task.outcome.decision) })} · {task.outcome.by} ·{' '}
              {task.outcome.reason}
            </div>
          )}
          {task.approvals.map(({ by, decision }) => (
            <div key={by} className="notice" data-tone="warn">
              {plain(decision)}: {say('task.approved', { by })}
            </div>
          ))}
          <Section title={say('task.evidence')}>
            <Raw data={task.evidence} label={say('task.evidence')} />
          </Section>
          {task.state === 'open' && may(who?.scopes, 'tasks:decide') ? <Decisions task={task} /> : null}
          <Section title={say('task.history')}>
            <ol className="plain-list">
              {task.history.map(({ at, by, did, text }) => (
                <li key={`${at} ${did}`}>
                  <When at={at} /> {by} {plain(did)} {text}
                </li>
              ))}
            </ol>
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

function Decisions({ task }: { readonly task: Found }) {
  const [chosen, choose] = useState<Choice>()
  return (
    <Section title={say('task.decide')}>
      <ul className="plain-list">
        {task.decisions.map((choice) => (
          <li key={choice.name}>
            <Button
              variant={chosen?.name === choice.name ? 'filled' : 'default'}
              aria-pressed={chosen?.name === choice.name}
              onClick={() => choose(choice)}
            >
              {choice.label}
            </Button>{' '}
            {choice.consequence} {choice.fourEyes ? say('task.fourEyes') : ''}
          </li>
        ))}
      </ul>
      {chosen === undefined ? null : <Decide key={chosen.name} id={task.id} choice={chosen} />}
    </Section>
  )
}

function Decide({ id, choice }: { readonly id: string; readonly choice: Choice }) {
  const [reason, setReason] = useState('')
  // The same for every try: pressed twice is decided once.
  const [once] = useState(() => crypto.randomUUID())
  const [data, setData] = useState<Readonly<Record<string, string>>>({})
  const queries = useQueryClient()
  const decide = useMutation({
    mutationFn: () => {
      const body = {
        decision: choice.name,
        ...(reason === '' ? {} : { reason }),
        ...(choice.needs.length > 0 ? { data } : {}),
      }
      return answered(
        hub.POST('/v1/tasks/{id}/decide', { params: { path: { id }, header: { 'Idempotency-Key': once } }, body }),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['task', id] }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        decide.mutate()
      }}
    >
      {decide.error === null ? null : <Refusal error={decide.error} />}
      {decide.isSuccess ? <p role="status">{say('task.done')}</p> : null}
      {choice.needs.map((need) => (
        <TextInput
          key={need}
          label={plain(need)}
          required
          value={data[need] ?? ''}
          onChange={(event) => setData({ ...data, [need]: event.currentTarget.value })}
        />
      ))}
      <Textarea
        label={say('task.reason')}
        description={say('task.reason.needed')}
        required={choice.reasonRequired}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm" loading={decide.isPending}>
        {say('task.decide')}: {choice.label}
      </Button>
    </form>
  )
}
