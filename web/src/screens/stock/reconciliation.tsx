import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Board } from '../../parts/board.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { say } from './reconciliation.words.ts'
import { StockCase } from './stock-case.tsx'

type Differences =
  paths['/v1/stock-comparisons/{id}/differences']['get']['responses']['200']['content']['application/json']
/** Stock that the two do not agree on. */
export type StockDifference = Differences['data'][number]

const filters = [
  { name: 'sku', title: say('sku') },
  { name: 'location', title: say('location') },
  { name: 'cause', title: say('cause') },
]

/** One comparison of stock: every difference with its cause, its evidence, and the way to whoever decides. */
export function Reconciliation() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const params = { path: { id } }
  const query = useQuery({
    queryKey: ['stock-comparison', id],
    queryFn: () => answered(hub.GET('/v1/stock-comparisons/{id}', { params })),
    refetchInterval: 10_000,
  })
  return (
    <Loaded query={query}>
      {(comparison) => (
        <Page title={say('detail', { system: comparison.connection })}>
          <Facts
            rows={[
              [say('state'), <Status key="state" code={comparison.state} />],
              [say('taken'), <When key="at" at={comparison.takenAt} />],
              [say('items'), comparison.items],
              [say('differences'), comparison.differences],
            ]}
          />
          {comparison.problem === undefined ? null : (
            <div className="notice" data-tone="bad">
              {comparison.problem}
            </div>
          )}
          {comparison.unreadable === 0 ? null : (
            <div className="notice" data-tone="warn">
              {say('unreadable', { count: comparison.unreadable })}
            </div>
          )}
          {comparison.untold === 0 ? null : <p>{say('untold', { count: comparison.untold })}</p>}
          <DifferenceList id={id} />
        </Page>
      )}
    </Loaded>
  )
}

function DifferenceList({ id }: { readonly id: string }) {
  const [open, setOpen] = useState<StockDifference>()
  return (
    <Section title={say('differences')}>
      <Board
        path="/v1/stock-comparisons/{id}/differences"
        params={{ id }}
        title={say('differences')}
        rowKey={keyOf}
        filters={filters}
        empty={say('none')}
        columns={[
          { id: 'sku', title: say('sku'), cell: (row) => <Open row={row} open={setOpen} /> },
          { id: 'location', title: say('location'), cell: ({ location }) => location },
          { id: 'status', title: say('status'), cell: ({ status }) => plain(status) },
          { id: 'lot', title: say('lot'), cell: ({ lot }) => lot },
          { id: 'ours', title: say('ours'), cell: ({ ours }) => ours },
          { id: 'theirs', title: say('theirs'), cell: ({ theirs }) => theirs },
          { id: 'difference', title: say('difference'), cell: ({ difference }) => <strong>{difference}</strong> },
          { id: 'cause', title: say('cause'), cell: ({ cause }) => plain(cause) },
          { id: 'firstSeen', title: say('firstSeen'), cell: ({ firstSeenAt }) => <When at={firstSeenAt} /> },
        ]}
      />
      {open === undefined ? null : <StockCase key={keyOf(open)} difference={open} close={() => setOpen(undefined)} />}
    </Section>
  )
}

interface OpenProps {
  readonly row: StockDifference
  readonly open: (row: StockDifference) => void
}

function Open({ row, open }: OpenProps) {
  const label = say('open', { sku: row.sku, location: row.location })
  return (
    <Button size="compact-sm" variant="default" aria-label={label} onClick={() => open(row)}>
      {row.sku}
    </Button>
  )
}

function keyOf({ sku, location, status, lot }: StockDifference): string {
  return [sku, location, status, lot].join(' ')
}
