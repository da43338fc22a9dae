import { Board } from '../../parts/board.tsx'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { say } from './contracts.words.ts'

const kinds = ['object', 'fact', 'operation', 'event', 'edi', 'connector', 'flat_file']
const states = ['draft', 'published', 'deprecated', 'sunset', 'retired']

/** What is agreed with others, how it stands, and how many use it. */
export function Contracts() {
  return (
    <Page title={say('title')}>
      <p>
        {say('about')} <To page="/catalogue">{say('catalogue')}</To>
      </p>
      <Board
        path="/v1/contracts"
        title={say('title')}
        rowKey={({ id }) => id}
        filters={[
          { name: 'search', title: say('search') },
          { name: 'kind', title: say('kind'), values: kinds },
          { name: 'state', title: say('state'), values: states },
          { name: 'used', title: say('used'), values: ['yes', 'no'] },
        ]}
        columns={[
          {
            id: 'id',
            title: say('id'),
            cell: ({ id, name }) => (
              <To page="/contracts/$id" id={id}>
                {name}
              </To>
            ),
          },
          { id: 'kind', title: say('kind'), cell: ({ kind }) => plain(kind) },
          { id: 'state', title: say('state'), cell: ({ state }) => <Status code={state} /> },
          { id: 'version', title: say('version'), cell: ({ version }) => version },
          { id: 'owner', title: say('owner'), cell: ({ owner }) => owner },
          { id: 'users', title: say('users'), cell: ({ users }) => users },
          {
            id: 'ends',
            title: say('ends'),
            cell: ({ sunsetAt }) => (sunsetAt === undefined ? '' : <When at={sunsetAt} />),
          },
        ]}
      />
    </Page>
  )
}
