import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import type { paths } from '../api/schema.ts'
import { Facts } from '../parts/facts.tsx'
import { Filters, useFilters } from '../parts/filters.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { Status } from '../parts/status.tsx'
import { When } from '../parts/when.tsx'
import { plain } from '../words/words.ts'
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
  const [wanted, want] = useFilters(filters)
  const [open, setOpen] = useState<StockDifference>()
  const list = useInfiniteQuery({
    queryKey: ['stock-differences', id, wanted],
    queryFn: ({ pageParam }) => {
      const query = { ...wanted, limit: '100', ...(pageParam === undefined ? {} : { cursor: pageParam }) }
      return answered(hub.GET('/v1/stock-comparisons/{id}/differences', { params: { path: { id }, query } }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
  })
  const rows = list.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <Section title={say('differences')}>
      <Filters fields={filters} wanted={wanted} want={want} />
      {list.error === null ? null : <Refusal error={list.error} retry={list.refetch} />}
      {list.data !== undefined && rows.length === 0 ? (
        <p>{Object.keys(wanted).length === 0 ? say('none') : say('filtered')}</p>
      ) : null}
      {rows.length === 0 ? null : <DifferenceTable rows={rows} open={setOpen} />}
      {list.hasNextPage ? (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => {
            // A page that does not come is shown as the error of the list.
            list.fetchNextPage().catch(() => undefined)
          }}
        >
          {say('more')}
        </Button>
      ) : null}
      {open === undefined ? null : <StockCase key={keyOf(open)} difference={open} close={() => setOpen(undefined)} />}
    </Section>
  )
}

const columns = ['sku', 'location', 'status', 'lot', 'ours', 'theirs', 'difference', 'cause', 'firstSeen'] as const

function DifferenceTable({
  rows,
  open,
}: {
  readonly rows: readonly StockDifference[]
  readonly open: (row: StockDifference) => void
}) {
  return (
    <div className="board" tabIndex={0} role="region" aria-label={say('differences')}>
      <table aria-label={say('differences')}>
        <thead>
          <tr>
            {columns.map((word) => (
              <th key={word} scope="col">
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <td>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={say('open', { sku: row.sku, location: row.location })}
                  onClick={() => open(row)}
                >
                  {row.sku}
                </Button>
              </td>
              <td>{row.location}</td>
              <td>{plain(row.status)}</td>
              <td>{row.lot}</td>
              <td>{row.ours}</td>
              <td>{row.theirs}</td>
              <td>
                <strong>{row.difference}</strong>
              </td>
              <td>{plain(row.cause)}</td>
              <td>
                <When at={row.firstSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function keyOf({ sku, location, status, lot }: StockDifference): string {
  return [sku, location, status, lot].join(' ')
}
