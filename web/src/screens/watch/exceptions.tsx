import { Checkbox } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { RowOf } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { called } from '../../parts/called.ts'
import type { Column } from '../../parts/column.ts'
import { type FilterField, useFilters } from '../../parts/filters.tsx'
import { Page } from '../../parts/page.tsx'
import { Status, type Tone } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { plain, yesOrNo } from '../../words/words.ts'
import { empty } from '../empty.words.ts'
import { ExceptionActs } from './exception-acts.tsx'
import { ExceptionAges } from './exception-ages.tsx'
import { age, say } from './exceptions.words.ts'

type Row = RowOf<'/v1/exceptions'>

/** The compiler misses a kind that the hub has and this list has not. */
const kinds = Object.keys({
  shipment: true,
  document: true,
  late_document: true,
  missed_appointment: true,
  late_process: true,
  parked: true,
  acknowledgement: true,
  transport_receipt: true,
  posting: true,
  failing_posting: true,
  task: true,
  stock_difference: true,
  book_difference: true,
  silent_feed: true,
  certificate: true,
} satisfies Record<Row['kind'], true>)
const filters: readonly FilterField<Row>[] = [
  { name: 'kind', title: say('kind'), values: kinds },
  { name: 'severity', title: say('severity'), values: ['critical', 'warning', 'info'] },
  { name: 'taken', title: say('taken'), values: ['me', 'nobody'] },
  { name: 'acknowledged', title: say('acknowledged'), values: ['true', 'false'], shown: yesOrNo },
  { name: 'role', title: say('role'), seen: ({ role }) => role, isExtra: true },
  { name: 'partner', title: say('partner'), known: 'partners', isExtra: true },
  {
    name: 'connection',
    title: say('connection'),
    known: 'connections',
    seen: ({ connection }) => connection,
    isExtra: true,
  },
  { name: 'carrier', title: say('carrier'), known: 'carriers', seen: ({ carrier }) => carrier, isExtra: true },
  { name: 'warehouse', title: say('warehouse'), known: 'locations', seen: ({ warehouse }) => warehouse, isExtra: true },
  { name: 'object', title: say('object') },
  { name: 'olderThanHours', title: say('older'), isExtra: true },
]
const none: ReadonlySet<string> = new Set()
const tones: Readonly<Record<string, Tone>> = { critical: 'bad', warning: 'warn', info: 'plain' }

/** Everything that is open and should not be: what is wrong, for how long, who acts next, who works on it, and the way to where it is solved. */
export function Exceptions() {
  const { data: who } = useWho()
  const mayAct = may(who?.scopes, 'exceptions:write')
  const [chosen, choose] = useState<{ readonly under: string; readonly ids: ReadonlySet<string> }>()
  const [pressed, press] = useState<{ readonly key: 'a' | 'e'; readonly ids: readonly string[] }>()
  const [wanted] = useFilters(filters)
  // What other filters hide is not meant by what is done now.
  const under = JSON.stringify(wanted)
  const selected = chosen?.under === under ? chosen.ids : none
  const select = (ids: ReadonlySet<string>): void => choose({ under, ids })
  const toggle = (id: string): void => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    select(next)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (!mayAct || event.ctrlKey || event.metaKey || event.altKey) return
    const row = (event.target as HTMLElement).closest('tr[data-index]')
    const id = row?.querySelector('[data-exception]')?.getAttribute('data-exception') ?? undefined
    if (id === undefined || (event.target as HTMLElement).closest('[role=dialog]') !== null) return
    if (event.key === 'x') toggle(id)
    else if (event.key === 'e' || event.key === 'a')
      press({ key: event.key, ids: selected.size > 0 ? [...selected] : [id] })
    else return
    event.preventDefault()
  }
  return (
    <Page title={say('title')}>
      <ExceptionAges wanted={wanted} />
      {mayAct ? (
        <>
          <ExceptionActs {...{ selected, select, pressed }} settled={() => press(undefined)} />
          <p>
            <small>{say('keys')}</small>
          </p>
        </>
      ) : null}
      <div onKeyDown={onKey}>
        <Board
          path="/v1/exceptions"
          empty={empty('exceptions')}
          name="list"
          title={say('title')}
          rowKey={({ id }) => id}
          filters={filters}
          columns={columnsOf(mayAct ? { selected, toggle } : undefined)}
        />
      </div>
    </Page>
  )
}

interface Selecting {
  readonly selected: ReadonlySet<string>
  readonly toggle: (id: string) => void
}

function columnsOf(selecting: Selecting | undefined): readonly Column<Row>[] {
  return [
    {
      id: 'what',
      title: say('what'),
      by: ({ number, object }) => number || object,
      cell: (row) => (
        <span data-exception={row.id} className="selectable">
          {selecting === undefined ? null : (
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={say('select', { id: row.number || row.id })}
              checked={selecting.selected.has(row.id)}
              onChange={() => selecting.toggle(row.id)}
            />
          )}
          <span>
            <Solved row={row} />
            <br />
            <small>{plain(row.kind)}</small>
          </span>
        </span>
      ),
    },
    {
      id: 'severity',
      title: say('severity'),
      // The API orders by how grave it is in one way only: the gravest first.
      sorts: { down: 'gravest' },
      cell: ({ severity }) => <Status code={severity} tone={tones[severity] ?? 'plain'} />,
    },
    {
      id: 'age',
      title: say('age'),
      sorts: { up: 'newest', down: 'oldest' },
      cell: ({ ageSeconds, since }) => (
        <>
          <span className="unbroken">{age(ageSeconds)}</span>
          <br />
          <small>
            <When at={since} />
          </small>
        </>
      ),
    },
    { id: 'wrong', title: say('wrong'), cell: ({ wrong }) => <div className="sentence">{hubSays(wrong)}</div> },
    ...acting,
  ]
}

/** Who acts, through what, and who works on it. */
const acting: readonly Column<Row>[] = [
  {
    id: 'next',
    title: say('next'),
    cell: ({ role, actor, nextAction }) => (
      <div className="sentence">
        <strong>{plain(role)}</strong> {actor === undefined ? null : `(${say('asks', { actor: plain(actor) })})`}
        <br />
        {hubSays(nextAction)}
      </div>
    ),
  },
  {
    id: 'where',
    title: say('where'),
    cell: ({ partner, connection, carrier, warehouse }) =>
      [partner, connection === partner ? undefined : connection, carrier, warehouse].filter(Boolean).join(' · '),
  },
  {
    id: 'taken',
    title: say('taken'),
    cell: ({ taken, acknowledged }) => (
      <>
        {taken?.name ?? say('nobody')}
        {acknowledged === undefined ? null : (
          <>
            <br />
            <small>{say('known', { note: acknowledged.note })}</small>
          </>
        )}
      </>
    ),
  },
]

/** The way to the place where it is solved. */
function Solved({ row: { number, object, solvedAt } }: { readonly row: Row }) {
  const { page, id, search } = solvedAt
  return id === undefined ? (
    <To className="row-link" page={page} search={search ?? {}}>
      {called(number, object)}
    </To>
  ) : (
    <To className="row-link" page={`${page}/$id`} id={id}>
      {called(number, object)}
    </To>
  )
}
