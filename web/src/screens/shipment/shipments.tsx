import { Board } from '../../parts/board.tsx'
import { codeValues } from '../../parts/code-values.ts'
import { sortsBy } from '../../parts/column.ts'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { say } from '../../words/words.ts'
import { empty } from '../empty.words.ts'

/** All shipments, the last that changed first. */
export function Shipments() {
  return (
    <Page title={say('nav.shipments')}>
      <Board
        path="/v1/shipments"
        empty={empty('shipments')}
        title={say('nav.shipments')}
        rowKey={({ id }) => id}
        filters={[
          { name: 'reference', title: say('field.reference') },
          { name: 'status', title: say('field.status'), values: codeValues.shipments },
          { name: 'carrier', title: say('field.carrier'), known: 'carriers', seen: ({ carrier }) => carrier },
          { name: 'exception', title: say('field.exception'), values: codeValues.exceptions },
        ]}
        columns={[
          {
            id: 'tracking',
            title: say('field.tracking'),
            cell: ({ id, trackingNumber }) => (
              <To className="row-link" page="/shipments/$id" id={id}>
                {trackingNumber ?? id}
              </To>
            ),
          },
          { id: 'status', title: say('field.status'), cell: ({ status }) => <Status code={status} /> },
          { id: 'carrier', title: say('field.carrier'), cell: ({ carrier }) => carrier ?? say('common.unknown') },
          {
            id: 'exceptions',
            title: say('field.exceptions'),
            cell: ({ exceptions }) => exceptions.map((one) => <Status key={one} code={one} tone="bad" />),
          },
          {
            id: 'eta',
            title: say('field.eta'),
            sorts: sortsBy('eta'),
            cell: ({ eta }) => (eta === undefined ? '' : <When at={eta} />),
          },
          {
            id: 'updated',
            title: say('field.updated'),
            sorts: sortsBy('updatedAt'),
            cell: ({ updatedAt }) => <When at={updatedAt} />,
          },
        ]}
      />
    </Page>
  )
}
