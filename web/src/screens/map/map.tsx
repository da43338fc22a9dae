import { lazy, Suspense, useMemo, useState } from 'react'
import { Board } from '../../parts/board.tsx'
import { codeValues } from '../../parts/code-values.ts'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { say as frame } from '../../words/words.ts'
import { type Dot, forms, isLocated, kinds, type Position } from './dot.ts'
import { say } from './words.ts'

/** Maps are drawn by a library of their own, which only this page needs. */
const Chart = lazy(() => import('./chart.tsx').then((module) => ({ default: module.Chart })))
/** Shipments that are drawn: of more, a map shows nothing that a filter does not show better. */
const rowsMost = 2000
/** Shipments that are over are not on the map. */
const over: ReadonlySet<string> = new Set(['delivered', 'returned', 'cancelled', 'lost', 'disposed'])
const openStatuses = codeValues.shipments.filter((status) => !over.has(status))

/** Where the open shipments were last, as far as somebody told: on a map, and the same as a list. */
export function ShipmentMap() {
  return (
    <Page title={frame('nav.map')}>
      <Board
        path="/v1/shipments/positions"
        title={say('list')}
        rowKey={({ id }) => id}
        empty={say('empty')}
        filters={[
          { name: 'reference', title: frame('field.reference') },
          { name: 'status', title: frame('field.status'), values: openStatuses },
          { name: 'carrier', title: frame('field.carrier'), known: 'carriers', seen: ({ carrier }) => carrier },
          { name: 'exception', title: frame('field.exception'), values: codeValues.exceptions },
        ]}
        picture={{ rowsMost, draw: (rows, isWhole) => <Picture rows={rows} isWhole={isWhole} /> }}
        columns={[
          {
            id: 'tracking',
            title: frame('field.tracking'),
            cell: ({ id, trackingNumber }) => (
              <To className="row-link" page="/shipments/$id" id={id}>
                {trackingNumber ?? id}
              </To>
            ),
          },
          { id: 'status', title: frame('field.status'), cell: ({ status }) => <Status code={status} /> },
          { id: 'carrier', title: frame('field.carrier'), cell: ({ carrier }) => carrier ?? frame('common.unknown') },
          { id: 'place', title: say('place'), cell: ({ place }) => place ?? say('unknown') },
          { id: 'since', title: say('since'), cell: ({ since }) => (since === undefined ? '' : <When at={since} />) },
          { id: 'exactness', title: say('exactness'), cell: ({ exactness }) => say(exactness) },
          {
            id: 'exceptions',
            title: frame('field.exceptions'),
            cell: ({ exceptions }) => exceptions.map((one) => <Status key={one} code={one} tone="bad" />),
          },
        ]}
      />
    </Page>
  )
}

interface PictureProps {
  readonly rows: readonly Position[]
  readonly isWhole: boolean
}

function Picture({ rows, isWhole }: PictureProps) {
  const settled = useSettled(rows, isWhole || rows.length >= rowsMost)
  const dots: readonly Dot[] = useMemo(() => settled.filter(isLocated), [settled])
  return (
    <section aria-label={say('map')}>
      <p role="status" data-located={dots.length} data-unlocated={settled.length - dots.length}>
        {say('shown', { located: dots.length, unlocated: settled.length - dots.length })}{' '}
        {isWhole || rows.length < rowsMost ? null : say('part', { count: rows.length })}
      </p>
      <Suspense fallback={<p>{say('drawing')}</p>}>
        <Chart dots={dots} />
      </Suspense>
      <ul className="map-legend">
        {kinds.map((kind) => (
          <li key={kind}>
            <span aria-hidden="true">{forms[kind]}</span> {say(kind)}
          </li>
        ))}
        <li>{say('land')}</li>
      </ul>
    </section>
  )
}

/** While rows are read anew page by page the picture stays as it was: dots do not vanish in between. */
function useSettled(rows: readonly Position[], isSettled: boolean): readonly Position[] {
  const [settled, setSettled] = useState(rows)
  if (isSettled && settled !== rows) setSettled(rows)
  return isSettled ? rows : settled
}
