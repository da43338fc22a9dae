import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { type ListPath, type RowOf, readRows } from '../api/hub.ts'
import { useChanges, useIsLive } from '../live/use-live.tsx'
import { say } from '../words/words.ts'
import { BoardTable } from './board-table.tsx'
import { type FilterField, Filters, useFilters } from './filters.tsx'
import { Stale } from './loaded.tsx'
import { Refusal } from './refusal.tsx'
import { Unseen } from './unseen.tsx'

/** A column: its heading and what a row shows in it. The first one leads to the row. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
}

interface BoardProps<P extends ListPath> {
  /** Address of the list. Its last part is the topic under which changes are told. */
  readonly path: P
  readonly title: string
  readonly columns: readonly Column<RowOf<P>>[]
  readonly filters?: readonly FilterField[]
  readonly rowKey: (row: RowOf<P>) => string
  /** Rows change where they are and new ones are rare: nothing has to wait for a hand. */
  readonly keepsPlaces?: boolean
}

/** While the hub is silent, and for lists of which no change is told. */
const refreshMs = 15_000

/** A list of the hub: filters in the URL, as many rows as somebody scrolls to, and news that wait while a hand or an eye is on the rows. */
export function Board<P extends ListPath>({
  path,
  title,
  columns,
  filters = [],
  rowKey,
  keepsPlaces = false,
}: BoardProps<P>) {
  const [wanted, want] = useFilters(filters)
  const queryKey = [path, wanted]
  const { hold, release, isHeld, unseen, news, seen } = useNews()
  const isLive = useIsLive()
  const isTold = told.has(topicOf(path))
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => readRows(path, { ...wanted, limit: '100', cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
    refetchInterval: isHeld || (isLive && isTold) ? false : refreshMs,
  })
  const queries = useQueryClient()
  const renew = (): void => {
    seen()
    // What was scrolled to is left: from the first page on, everything may stand elsewhere by now.
    queries.setQueryData(queryKey, (old: typeof list.data) =>
      old === undefined ? old : { pages: old.pages.slice(0, 1), pageParams: old.pageParams.slice(0, 1) },
    )
    // What does not come is shown as the error of the list.
    list.refetch().catch(() => undefined)
  }
  useChanges(topicOf(path), ({ changed }) => {
    if (isHeld && !keepsPlaces) news(changed)
    else renew()
  })
  const more = (): void => {
    if (!list.isFetchingNextPage && !list.isFetchNextPageError) list.fetchNextPage().catch(() => undefined)
  }
  const rows = list.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <>
      <Filters fields={filters} wanted={wanted} want={want} />
      {list.error === null ? null : list.data === undefined ? (
        <Refusal error={list.error} retry={list.refetch} />
      ) : (
        <Stale since={list.dataUpdatedAt} />
      )}
      {list.isPending ? <p>{say('list.loading')}</p> : null}
      {list.data !== undefined && rows.length === 0 ? (
        <p>{Object.keys(wanted).length > 0 ? say('list.empty.filtered') : say('list.empty')}</p>
      ) : null}
      <Unseen count={unseen} show={renew} />
      {rows.length === 0 ? null : (
        <>
          <BoardTable
            {...{ title, columns, rows, rowKey, hold, release }}
            isWhole={!list.hasNextPage}
            nearEnd={list.hasNextPage ? more : () => undefined}
            letGo={() => {
              if (unseen !== undefined) renew()
            }}
          />
          <Extent
            count={rows.length}
            hasMore={list.hasNextPage}
            isLoading={list.isFetchingNextPage}
            more={() => void list.fetchNextPage()}
          />
        </>
      )}
    </>
  )
}

interface ExtentProps {
  readonly count: number
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly more: () => void
}

/** How many rows are here, and the way to more. */
function Extent({ count, hasMore, isLoading, more }: ExtentProps) {
  return (
    <p aria-live="polite">
      {say('list.count', { count: count, more: hasMore ? 'yes' : 'no' })}{' '}
      {hasMore ? (
        <Button size="xs" variant="default" loading={isLoading} onClick={more}>
          {say('list.more')}
        </Button>
      ) : null}
    </p>
  )
}

/** Reasons why rows must stay where they are: the pointer, the focus, or somebody who has scrolled to them. */
export type Hold = 'pointer' | 'focus' | 'scroll'

/** News wait while anything holds the rows. */
function useNews() {
  const holds = useRef(new Set<Hold>())
  const [isHeld, setHeld] = useState(false)
  const [unseen, setUnseen] = useState<number>()
  const change = (act: (held: Set<Hold>) => void): void => {
    act(holds.current)
    setHeld(holds.current.size > 0)
  }
  return {
    isHeld,
    unseen,
    hold: (reason: Hold) => change((held) => held.add(reason)),
    /** Returns whether nothing holds them any more. */
    release: (reason: Hold): boolean => {
      change((held) => held.delete(reason))
      return holds.current.size === 0
    },
    news: (changed: number) => setUnseen((before = 0) => before + changed),
    seen: () => setUnseen(undefined),
  }
}

/** Topics of which the live stream tells. */
const told: ReadonlySet<string> = new Set([
  ...['jobs', 'appointments', 'availability', 'deliveries', 'effects', 'freight-invoices', 'invoices', 'notifications'],
  ...['orders', 'parked', 'processes', 'receipts', 'returns', 'shipments', 'tasks', 'transmissions', 'inventory'],
])

function topicOf(path: string): string {
  return path.split('/')[2] ?? ''
}
