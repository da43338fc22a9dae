import { useLocation } from '@tanstack/react-router'
import { Board } from '../parts/board.tsx'
import { Page } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { say } from '../words/words.ts'
import { kindOf } from './document-kinds.ts'

/** Orders, deliveries, receipts, ...: how far the work is beside how it stands in the books. */
export function Documents() {
  const kind = kindOf(useLocation().pathname)
  const title = say(`nav.${kind}`)
  return (
    <Page title={title}>
      <Board
        path={`/v1/${kind}`}
        title={title}
        rowKey={({ id }) => id}
        filters={[
          { name: 'reference', title: say('field.reference') },
          { name: 'status', title: say('field.status') },
          { name: 'posting', title: say('field.posting'), values: ['none', 'pending', 'blocked', 'posted'] },
          { name: 'party', title: say('field.party') },
          { name: 'location', title: say('field.location') },
          { name: 'late', title: say('task.late'), values: ['true', 'false'] },
        ]}
        columns={[
          {
            title: say('field.number'),
            cell: ({ id, number }) => (
              <To className="row-link" page={`/${kind}/$id`} id={id}>
                {number === '' ? id : number}
              </To>
            ),
          },
          {
            title: say('field.status'),
            cell: ({ status, late }) => (
              <>
                <Status code={status} /> {late ? <Status code="late" /> : null}
              </>
            ),
          },
          { title: say('field.posting'), cell: ({ posting }) => <Status code={posting} /> },
          { title: say('field.party'), cell: ({ parties }) => parties.join(', ') },
          { title: say('field.location'), cell: ({ locations }) => locations.join(', ') },
          { title: say('field.due'), cell: ({ dueAt }) => (dueAt === undefined ? '' : <When at={dueAt} />) },
          { title: say('nav.tasks'), cell: ({ openTasks }) => (openTasks === 0 ? '' : openTasks) },
          { title: say('field.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
        ]}
      />
    </Page>
  )
}
