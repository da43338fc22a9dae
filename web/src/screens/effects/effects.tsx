import { Board } from '../../parts/board.tsx'
import { codeValues } from '../../parts/code-values.ts'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain, say } from '../../words/words.ts'
import { empty } from '../empty.words.ts'

/** What each system is told: once each, in order, with the number that the system gave it. */
export function Effects() {
  return (
    <Page title={say('nav.effects')}>
      <Board
        path="/v1/effects"
        empty={empty('effects')}
        title={say('nav.effects')}
        rowKey={({ id }) => id}
        filters={[
          { name: 'target', title: say('field.target'), known: 'connections', seen: ({ target }) => target },
          { name: 'command', title: say('field.command'), seen: ({ command }) => command },
          { name: 'state', title: say('field.state'), values: codeValues.effects },
        ]}
        columns={[
          {
            id: 'command',
            title: say('field.command'),
            cell: ({ id, command }) => (
              <To className="row-link" page="/effects/$id" id={id}>
                {plain(command)}
              </To>
            ),
          },
          { id: 'target', title: say('field.target'), cell: ({ target }) => target },
          { id: 'state', title: say('field.state'), cell: ({ state }) => <Status code={state} /> },
          { id: 'document', title: say('field.document'), cell: ({ documentReference }) => documentReference ?? '' },
          { id: 'key', title: say('field.key'), cell: ({ naturalKey }) => naturalKey },
          { id: 'attempts', title: say('field.attempts'), cell: ({ attempts }) => attempts },
          { id: 'updated', title: say('field.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
        ]}
      />
    </Page>
  )
}
