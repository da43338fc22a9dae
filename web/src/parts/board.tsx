import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { type ListPath, type RowOf, readRows } from '../api/hub.ts'
import { say } from '../words/words.ts'
import { type FilterField, Filters, useFilters } from './filters.tsx'
import { Stale } from './loaded.tsx'
import { Refusal } from './refusal.tsx'

/** A column: its heading and what a row shows in it. The first one leads to the row. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
}

interface BoardProps<P extends ListPath> {
  /** Address of the list. */
  readonly path: P
  readonly title: string
  readonly columns: readonly Column<RowOf<P>>[]
  readonly filters?: readonly FilterField[]
  readonly rowKey: (row: RowOf<P>) => string
}

const rowHeight = 41
const refreshMs = 15_000

/** A list of the hub: filters in the URL, as many rows as somebody scrolls to, and `j` `k` to go through them. */
export function Board<P extends ListPath>({ path, title, columns, filters = [], rowKey }: BoardProps<P>) {
  const [wanted, want] = useFilters(filters)
  // Rows never move under the pointer or under the focus.
  const [isHeld, hold] = useState(false)
  const list = useInfiniteQuery({
    queryKey: [path, wanted],
    queryFn: ({ pageParam }) => readRows(path, { ...wanted, limit: '100', cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
    refetchInterval: isHeld ? false : refreshMs,
  })
  const more = (): void => {
    // A page that does not come is shown as the error of the list.
    list.fetchNextPage().catch(() => undefined)
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
      {rows.length === 0 ? null : (
        <div
          onMouseEnter={() => hold(true)}
          onMouseLeave={() => hold(false)}
          onFocus={() => hold(true)}
          onBlur={() => hold(false)}
        >
          <BoardTable title={title} columns={columns} rows={rows} rowKey={rowKey} />
          <p aria-live="polite">
            {say('list.count', { count: rows.length, more: list.hasNextPage ? 'yes' : 'no' })}{' '}
            {list.hasNextPage ? (
              <Button size="xs" variant="default" loading={list.isFetchingNextPage} onClick={more}>
                {say('list.more')}
              </Button>
            ) : null}
          </p>
        </div>
      )}
    </>
  )
}

interface TableProps<Row> {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
}

function BoardTable<Row>({ title, columns, rows, rowKey }: TableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const above = shown[0]?.start ?? 0
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (by === 0) return
    const links = Array.from(frame.current?.querySelectorAll<HTMLElement>('tbody a') ?? [])
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  return (
    <div className="board" ref={frame} tabIndex={0} role="region" aria-label={title} onKeyDown={step}>
      <table aria-label={title} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.title} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <Gap height={above} columns={columns.length} /> : null}
          {shown.map(({ index }) => {
            const row = rows[index] as Row
            return (
              <tr key={rowKey(row)} data-index={index} ref={virtual.measureElement} aria-rowindex={index + 2}>
                {columns.map((column) => (
                  <td key={column.title}>{column.cell(row)}</td>
                ))}
              </tr>
            )
          })}
          {below > 0 ? <Gap height={below} columns={columns.length} /> : null}
        </tbody>
      </table>
    </div>
  )
}

/** Stands for the rows that are out of sight. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}
