import { Board } from '../../parts/board.tsx'
import { codeValues } from '../../parts/code-values.ts'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { say } from '../../words/words.ts'
import { empty } from '../empty.words.ts'

/** What is where, as the ledger has it. Quantities are decimals as text: they are shown as they are. */
export function Inventory() {
  return (
    <Page title={say('nav.inventory')}>
      <Board
        path="/v1/inventory/balances"
        empty={empty('inventory')}
        title={say('nav.inventory')}
        rowKey={({ sku, location, status, lot = '', serial = '', owner = '', package: unit = '' }) =>
          [sku, location, status, lot, serial, owner, unit].join(' ')
        }
        filters={[
          { name: 'sku', title: say('field.sku'), seen: ({ sku }) => sku },
          { name: 'location', title: say('field.location'), known: 'locations', seen: ({ location }) => location },
          { name: 'status', title: say('field.status'), values: codeValues.stock },
        ]}
        columns={[
          { id: 'sku', title: say('field.sku'), cell: ({ sku }) => <strong>{sku}</strong> },
          { id: 'location', title: say('field.location'), cell: ({ location }) => location },
          { id: 'status', title: say('field.status'), cell: ({ status }) => <Status code={status} /> },
          { id: 'lot', title: say('field.lot'), cell: ({ lot }) => lot ?? '' },
          { id: 'onHand', title: say('field.onHand'), cell: ({ onHand }) => onHand },
          { id: 'uom', title: say('field.uom'), cell: ({ uom }) => uom },
          { id: 'updated', title: say('field.updated'), cell: ({ asOf }) => <When at={asOf} /> },
        ]}
      />
    </Page>
  )
}
