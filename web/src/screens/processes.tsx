import { Board } from '../parts/board.tsx'
import { Page } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { plain, say } from '../words/words.ts'

/** Business that goes over many systems, each piece with where it stands. */
export function Processes() {
  return (
    <Page title={say('nav.processes')}>
      <Board
        path="/v1/processes/instances"
        title={say('nav.processes')}
        rowKey={({ id }) => id}
        filters={[
          { name: 'process', title: say('field.process') },
          { name: 'state', title: say('field.state') },
          { name: 'key', title: say('field.key') },
        ]}
        columns={[
          {
            title: say('field.key'),
            cell: ({ id, key }) => (
              <To className="row-link" page="/processes/$id" id={id}>
                {key}
              </To>
            ),
          },
          { title: say('field.process'), cell: ({ process }) => plain(process) },
          { title: say('field.state'), cell: ({ state }) => <Status code={state} /> },
          { title: say('nav.tasks'), cell: ({ openTasks }) => (openTasks === 0 ? '' : openTasks) },
          { title: say('field.next'), cell: ({ nextDue }) => (nextDue === undefined ? '' : <When at={nextDue} />) },
          { title: say('field.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
        ]}
      />
    </Page>
  )
}
