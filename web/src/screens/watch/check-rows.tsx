import { Board } from '../../parts/board.tsx'
import { FoundObject } from '../../parts/found-object.tsx'
import { When } from '../../parts/when.tsx'
import { say } from './checks.words.ts'

/** What a check finds now, the oldest first. */
export function CheckRows({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <Board
      path="/v1/checks/{id}/rows"
      params={{ id }}
      title={title}
      rowKey={({ object, detail }) => `${object} ${detail}`}
      columns={[
        {
          id: 'object',
          title: say('object'),
          cell: ({ object, number, page }) => <FoundObject object={object} number={number} page={page} />,
        },
        { id: 'since', title: say('since'), cell: ({ since }) => <When at={since} /> },
        { id: 'detail', title: say('detail'), cell: ({ detail }) => detail },
      ]}
    />
  )
}
