import { useLocation } from '@tanstack/react-router'
import type { RowOf } from '../api/hub.ts'
import { Board } from '../parts/board.tsx'
import type { Column } from '../parts/column.ts'
import { Page } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { useIsOfPartner } from '../shell/who.ts'
import { say } from '../words/words.ts'
import { kindOf } from './document-kinds.ts'

/** Orders, deliveries, receipts, ...: how far the work is beside how it stands in the books. */
export function Documents() {
  const kind = kindOf(useLocation().pathname)
  const title = say(`nav.${kind}`)
  const isOfPartner = useIsOfPartner()
  // How something stands in the books and what people decide is not for partners, who may ask for no names of others either.
  const isShown = (id: string): boolean => !(isOfPartner && staffs.has(id))
  return (
    <Page title={title}>
      <Board
        path={`/v1/${kind}`}
        title={title}
        rowKey={({ id }) => id}
        filters={[
          { name: 'reference', title: say('field.reference') },
          { name: 'status', title: say('field.status') },
          {
            name: 'posting',
            title: say('field.posting'),
            values: ['none', 'pending', 'blocked', 'posted'],
          },
          { name: 'party', title: say('field.party') },
          { name: 'location', title: say('field.location') },
          { name: 'late', title: say('task.late'), values: ['true', 'false'] },
        ].filter(({ name }) => isShown(name) && !(isOfPartner && name === 'party'))}
        columns={columns(kind).filter(({ id }) => isShown(id))}
      />
    </Page>
  )
}

const staffs: ReadonlySet<string> = new Set(['posting', 'tasks'])

/** When they are drawn: the language may have changed. */
function columns(kind: string): readonly Column<RowOf<'/v1/orders'>>[] {
  return [
    {
      id: 'number',
      title: say('field.number'),
      cell: ({ id, number }) => (
        <To className="row-link" page={`/${kind}/$id`} id={id}>
          {number === '' ? id : number}
        </To>
      ),
    },
    {
      id: 'status',
      title: say('field.status'),
      cell: ({ status, late }) => (
        <>
          <Status code={status} /> {late ? <Status code="late" /> : null}
        </>
      ),
    },
    {
      id: 'posting',
      title: say('field.posting'),
      cell: ({ posting }) => <Status code={posting ?? ''} />,
    },
    { id: 'party', title: say('field.party'), cell: ({ parties }) => parties.join(', ') },
    { id: 'location', title: say('field.location'), cell: ({ locations }) => locations.join(', ') },
    { id: 'due', title: say('field.due'), cell: ({ dueAt }) => (dueAt === undefined ? '' : <When at={dueAt} />) },
    {
      id: 'tasks',
      title: say('nav.tasks'),
      cell: ({ openTasks }) => (openTasks === 0 ? '' : (openTasks ?? '')),
    },
    { id: 'updated', title: say('field.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
  ]
}
