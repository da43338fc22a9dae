import { useLocation } from '@tanstack/react-router'
import type { RowOf } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { called } from '../../parts/called.ts'
import { codeValues } from '../../parts/code-values.ts'
import { type Column, sortsBy } from '../../parts/column.ts'
import { DayOrWhen } from '../../parts/day.tsx'
import type { FilterField } from '../../parts/filters.tsx'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { useIsOfPartner } from '../../shell/who.ts'
import { say, yesOrNo } from '../../words/words.ts'
import { empty } from '../empty.words.ts'
import { type DocumentKind, kindOf } from './document-kinds.ts'

/** Orders, deliveries, receipts, ...: how far the work is beside how it stands in the books. */
export function Documents() {
  const kind = kindOf(useLocation().pathname)
  const title = say(`nav.${kind}`)
  const isOfPartner = useIsOfPartner()
  // How something stands in the books and what people decide is not for partners, who may ask for no names of others either.
  const isShown = (id: string): boolean => !(isOfPartner && staffs.has(id)) && isOf(kind, id)
  return (
    <Page title={title}>
      <Board
        path={`/v1/${kind}`}
        empty={empty(kind)}
        title={title}
        rowKey={({ id }) => id}
        filters={filters(kind).filter(({ name }) => isShown(name) && !(isOfPartner && name === 'party'))}
        columns={columns(kind).filter(({ id }) => isShown(id))}
      />
    </Page>
  )
}

const staffs: ReadonlySet<string> = new Set(['posting', 'tasks'])
/** What is asked by carriers names a carrier, and no party and no place. */
const carriersOwn: ReadonlySet<string> = new Set(['carrier'])
const others: ReadonlySet<string> = new Set(['party', 'location'])

function isOf(kind: DocumentKind, id: string): boolean {
  return kind === 'freight-invoices' ? !others.has(id) : !carriersOwn.has(id)
}

type Row = RowOf<'/v1/orders'>

function filters(kind: DocumentKind): readonly FilterField<Row>[] {
  return [
    { name: 'reference', title: say('field.reference') },
    { name: 'status', title: say('field.status'), values: codeValues[kind] },
    { name: 'posting', title: say('field.posting'), values: ['none', 'pending', 'blocked', 'posted'] },
    { name: 'party', title: say('field.party'), seen: ({ parties }) => parties },
    { name: 'location', title: say('field.location'), known: 'locations', seen: ({ locations }) => locations },
    { name: 'carrier', title: say('field.carrier'), known: 'carriers', seen: ({ carriers }) => carriers },
    { name: 'late', title: say('field.late'), values: ['true'], shown: yesOrNo },
  ]
}

/** When they are drawn: the language may have changed. */
function columns(kind: string): readonly Column<Row>[] {
  return [
    {
      id: 'number',
      title: say('field.number'),
      cell: ({ id, number }) => (
        <To className="row-link" page={`/${kind}/$id`} id={id}>
          {called(number, id)}
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
    { id: 'carrier', title: say('field.carrier'), cell: ({ carriers }) => carriers.join(', ') },
    { id: 'location', title: say('field.location'), cell: ({ locations }) => locations.join(', ') },
    {
      id: 'due',
      title: say('field.due'),
      sorts: sortsBy('dueAt'),
      cell: ({ dueAt }) => (dueAt === undefined ? '' : <DayOrWhen at={dueAt} />),
    },
    {
      id: 'tasks',
      title: say('nav.tasks'),
      cell: ({ openTasks }) => (openTasks === 0 ? '' : (openTasks ?? '')),
    },
    {
      id: 'placed',
      title: say('field.placed'),
      sorts: sortsBy('placedAt'),
      isExtra: true,
      cell: ({ placedAt }) => <DayOrWhen at={placedAt} />,
    },
    {
      id: 'updated',
      title: say('field.updated'),
      sorts: sortsBy('updatedAt'),
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ]
}
