import { Board } from '../../parts/board.tsx'
import { sortsBy } from '../../parts/column.ts'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { plain, say, yesOrNo } from '../../words/words.ts'
import { empty } from '../empty.words.ts'

/** What only people can decide, the first that is due first. */
export function Tasks() {
  return (
    <Page title={say('nav.tasks')}>
      <Board
        path="/v1/tasks"
        empty={empty('tasks')}
        title={say('nav.tasks')}
        rowKey={({ id }) => id}
        filters={[
          { name: 'role', title: say('field.role'), seen: ({ role }) => role },
          { name: 'state', title: say('field.state'), values: ['open', 'completed', 'obsolete', 'all'] },
          { name: 'overdue', title: say('field.late'), values: ['true', 'false'], shown: yesOrNo },
          { name: 'name', title: say('field.name'), seen: ({ name }) => name },
        ]}
        columns={[
          {
            id: 'question',
            title: say('field.question'),
            cell: ({ id, question }) => (
              <To className="row-link" page="/tasks/$id" id={id}>
                {hubSays(question)}
              </To>
            ),
          },
          { id: 'name', title: say('field.name'), cell: ({ name }) => plain(name) },
          { id: 'role', title: say('field.role'), cell: ({ role }) => plain(role) },
          {
            id: 'state',
            title: say('field.state'),
            cell: ({ state, overdue }) => (
              <>
                <Status code={state} /> {overdue ? <Status code="late" /> : null}
              </>
            ),
          },
          {
            id: 'due',
            title: say('field.due'),
            sorts: sortsBy('dueAt'),
            cell: ({ dueAt }) => (dueAt === undefined ? '' : <When at={dueAt} />),
          },
          {
            id: 'opened',
            title: say('field.since'),
            sorts: sortsBy('openedAt'),
            cell: ({ openedAt }) => <When at={openedAt} />,
          },
        ]}
      />
    </Page>
  )
}
