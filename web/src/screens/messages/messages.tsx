import { Board } from '../../parts/board.tsx'
import { called } from '../../parts/called.ts'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { pageOf } from '../../parts/subject.ts'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { say as frame } from '../../words/words.ts'
import { say } from './messages.words.ts'

/** Everything that arrived, the newest first: from where, and what it became. */
export function Messages() {
  const title = frame('nav.messages')
  return (
    <Page title={title}>
      <Board
        path="/v1/messages"
        title={title}
        rowKey={({ id }) => id}
        empty={say('empty')}
        filters={[
          {
            name: 'connection',
            title: frame('field.connection'),
            known: 'connections',
            seen: ({ connection }) => connection,
          },
          { name: 'partner', title: say('partner'), known: 'partners' },
          { name: 'state', title: frame('field.state'), values: ['parked', 'pending', 'applied', 'ignored'] },
          { name: 'receivedFrom', title: say('from'), isInstant: true },
          { name: 'receivedTo', title: say('to'), isInstant: true },
          {
            name: 'contentType',
            title: say('kind'),
            seen: ({ contentType }) => contentType.split(';', 1)[0]?.trim(),
          },
          { name: 'identity', title: say('identity') },
          { name: 'traceId', title: say('trace') },
        ]}
        columns={[
          {
            id: 'message',
            title: frame('field.message'),
            cell: ({ id }) => (
              <To className="row-link" page="/messages/$id" id={id}>
                {id}
              </To>
            ),
          },
          { id: 'connection', title: frame('field.connection'), cell: ({ connection }) => connection },
          { id: 'partner', title: say('partner'), cell: ({ partner }) => partner ?? '' },
          { id: 'received', title: say('received'), cell: ({ receivedAt }) => <When at={receivedAt} /> },
          { id: 'state', title: frame('field.state'), cell: ({ status }) => <Status code={status} /> },
          {
            id: 'became',
            title: say('became'),
            cell: ({ subjects, names, code }) => code ?? <Subjects ids={subjects} names={names} />,
          },
          { id: 'identity', title: say('identity'), cell: ({ identity }) => shortened(identity) },
          { id: 'size', title: say('size'), cell: ({ bytes }) => bytes },
          { id: 'kind', title: say('kind'), cell: ({ contentType }) => contentType, isExtra: true },
          { id: 'trace', title: say('trace'), cell: ({ traceId }) => traceId, isExtra: true },
        ]}
      />
    </Page>
  )
}

/** Objects that it said something about. */
function Subjects({
  ids,
  names,
}: {
  readonly ids: readonly string[]
  readonly names: Readonly<Record<string, string>>
}) {
  return (
    <div className="cell-links">
      {ids.map((id) => {
        const page = pageOf(id)
        return page === undefined ? (
          <span key={id} title={id}>
            {called(names[id], id)}
          </span>
        ) : (
          <To key={id} page={page} id={id}>
            {called(names[id], id)}
          </To>
        )
      })}
    </div>
  )
}

/** Checksums say nothing to people beyond their beginning; the whole is there for whoever points at it, and in the file of the list. */
function shortened(text: string) {
  return text.length <= shownMost ? text : <span title={text}>{`${text.slice(0, shownMost)}…`}</span>
}

const shownMost = 28
