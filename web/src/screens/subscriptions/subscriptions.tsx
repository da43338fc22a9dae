import { Board } from '../../parts/board.tsx'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { say as frame } from '../../words/words.ts'
import { empty } from '../empty.words.ts'
import { say } from './subscription.words.ts'

/** Who outside is told what, by webhook. */
export function Subscriptions() {
  return (
    <Page title={frame('nav.subscriptions')}>
      <Board
        path="/v1/subscriptions"
        empty={empty('subscriptions')}
        title={frame('nav.subscriptions')}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'address',
            title: say('address'),
            cell: ({ id, url }) => (
              <To className="row-link" page="/subscriptions/$id" id={id}>
                {url}
              </To>
            ),
          },
          { id: 'types', title: say('types'), cell: ({ types }) => types.join(', ') },
          { id: 'references', title: say('references'), cell: ({ references }) => references.join(', ') || say('all') },
          { id: 'state', title: say('state'), cell: ({ state }) => <Status code={state} /> },
          { id: 'since', title: say('since'), cell: ({ createdAt }) => <When at={createdAt} /> },
        ]}
      />
    </Page>
  )
}
