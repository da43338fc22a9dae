import { Board } from '../../parts/board.tsx'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain, say, wording, yesOrNo } from '../../words/words.ts'
import { empty } from '../empty.words.ts'

const own = wording({
  en: { stuck: 'Stuck', started: 'Began', startedBefore: 'Began before', over: 'Over' },
  de: { stuck: 'Hängt', started: 'Begonnen', startedBefore: 'Begonnen vor', over: 'Beendet' },
})

/** Business that goes over many systems, each piece with where it stands: what does not go on by itself comes first. */
export function Processes() {
  return (
    <Page title={say('nav.processes')}>
      <Board
        path="/v1/processes/instances"
        empty={empty('processes')}
        title={say('nav.processes')}
        rowKey={({ id }) => id}
        filters={[
          { name: 'process', title: say('field.process'), known: 'processes', seen: ({ process }) => process },
          { name: 'state', title: say('field.state'), seen: ({ state }) => state },
          { name: 'key', title: say('field.key') },
          { name: 'stuck', title: own('stuck'), values: ['true', 'false'], shown: yesOrNo },
          { name: 'over', title: own('over'), values: ['true', 'all'], shown: yesOrNo },
          { name: 'startedBefore', title: own('startedBefore'), isInstant: true },
        ]}
        columns={[
          {
            id: 'key',
            title: say('field.key'),
            cell: ({ id, key }) => (
              <To className="row-link" page="/processes/$id" id={id}>
                {key}
              </To>
            ),
          },
          { id: 'process', title: say('field.process'), cell: ({ process }) => plain(process) },
          { id: 'state', title: say('field.state'), cell: ({ state }) => <Status code={state} /> },
          {
            id: 'stuck',
            title: own('stuck'),
            cell: ({ stuck }) =>
              stuck === undefined ? (
                ''
              ) : (
                <>
                  <Status code={stuck.by} tone="bad" /> <When at={stuck.since} />
                </>
              ),
          },
          { id: 'tasks', title: say('nav.tasks'), cell: ({ openTasks }) => (openTasks === 0 ? '' : openTasks) },
          {
            id: 'next',
            title: say('field.next'),
            cell: ({ nextDue }) => (nextDue === undefined ? '' : <When at={nextDue} />),
          },
          { id: 'started', title: own('started'), cell: ({ startedAt }) => <When at={startedAt} /> },
          { id: 'updated', title: say('field.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
        ]}
      />
    </Page>
  )
}
