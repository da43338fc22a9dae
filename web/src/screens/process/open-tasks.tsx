import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { say as common, plain } from '../../words/words.ts'
import { Decisions } from '../tasks/decide.tsx'
import type { ProcessPage } from './page.ts'
import { say } from './words.ts'

type AskedTask = paths['/v1/tasks/{id}']['get']['responses']['200']['content']['application/json']

/** Questions of this process: open ones are taken and decided where they stand. */
export function OpenTasks({ tasks }: { readonly tasks: ProcessPage['tasks'] }) {
  const open = tasks.filter(({ status }) => status === 'open')
  return (
    <Section title={say('tasks')}>
      {tasks.length === 0 ? <p>{say('tasks.none')}</p> : null}
      {open.map(({ id }) => (
        <OpenTask key={id} id={id} />
      ))}
      <ul className="plain-list">
        {tasks
          .filter(({ status }) => status !== 'open')
          .map((task) => (
            <li key={task.id}>
              <To page="/tasks/$id" id={task.id}>
                {plain(task.name)}
              </To>{' '}
              <Status code={task.status} />
            </li>
          ))}
      </ul>
    </Section>
  )
}

function OpenTask({ id }: { readonly id: string }) {
  const { data: who } = useWho()
  const query = useQuery({
    queryKey: ['task', id],
    queryFn: () => answered(hub.GET('/v1/tasks/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  })
  return (
    <Loaded query={query}>
      {(task) => (
        <article className="card" aria-label={hubSays(task.question)}>
          <h3>
            <To page="/tasks/$id" id={id}>
              {hubSays(task.question)}
            </To>
          </h3>
          <p>
            {plain(task.role)}
            {task.dueAt === undefined ? null : (
              <>
                {' · '}
                {common('field.due')} <When at={task.dueAt} />
              </>
            )}
          </p>
          {task.state === 'open' && may(who?.scopes, 'tasks:decide') ? (
            <>
              <Assign task={task} me={who?.name ?? ''} />
              <Decisions id={id} choices={task.decisions} />
            </>
          ) : null}
        </article>
      )}
    </Loaded>
  )
}

/** Says who works on it, so that two people do not do the same. */
function Assign({ task: { id, assignee }, me }: { readonly task: AskedTask; readonly me: string }) {
  const order = useOrder()
  const queries = useQueryClient()
  const assign = useMutation({
    mutationFn: (to: string | undefined) => {
      const body = to === undefined ? {} : { assignee: to }
      return order(body, (header) =>
        answered(hub.POST('/v1/tasks/{id}/assign', { params: { path: { id }, header }, body })),
      )
    },
    // Also after a refusal: a colleague was first, and is named.
    onSettled: () => queries.invalidateQueries({ queryKey: ['task', id] }),
  })
  return (
    <div className="lead">
      {assignee === undefined ? null : <span role="status">{say('has', { person: assignee })}</span>}
      <Button
        size="xs"
        variant="default"
        loading={assign.isPending}
        onClick={() => assign.mutate(assignee === me ? undefined : me)}
      >
        {say(assignee === me ? 'giveBack' : 'take')}
      </Button>
      {assign.error === null ? null : <Refusal error={assign.error} />}
    </div>
  )
}
