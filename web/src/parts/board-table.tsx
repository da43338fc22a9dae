import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { say } from '../words/words.ts'
import type { Column, Hold } from './board.tsx'

interface TableProps<Row> {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** There are no rows beyond these. */
  readonly isWhole: boolean
  /** Somebody has scrolled to where more rows are needed soon. */
  readonly nearEnd: () => void
  readonly hold: (reason: Hold) => void
  /** Whether nothing holds the rows any more. */
  readonly release: (reason: Hold) => boolean
  /** Nothing holds the rows any more. */
  readonly letGo: () => void
}

const rowHeight = 41
const rowsAhead = 30

/** Rows out of sight are not drawn. One row at a time is in the way of the tab key; `j`, `k` and the arrows move it. */
export function BoardTable<Row>(props: TableProps<Row>) {
  const { title, columns, rows, rowKey, isWhole, nearEnd, hold, release, letGo } = props
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => rowKey(rows[index] as Row),
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (!isWhole && last > rows.length - rowsAhead) nearEnd()
  }, [isWhole, last, rows.length, nearEnd])
  const step = useRows({ frame, rows, rowKey, reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }) })
  const free = (reason: Hold): void => {
    if (release(reason)) letGo()
  }
  const above = shown[0]?.start ?? 0
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <div
      className="board"
      ref={frame}
      tabIndex={0}
      role="region"
      aria-label={title}
      aria-description={say('keys.rows')}
      onKeyDown={step}
      onMouseEnter={() => hold('pointer')}
      onMouseLeave={() => free('pointer')}
      onFocus={() => hold('focus')}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) free('focus')
      }}
      onScroll={(event) => (event.currentTarget.scrollTop > rowHeight ? hold('scroll') : free('scroll'))}
    >
      <table aria-label={title} aria-rowcount={isWhole ? rows.length + 1 : -1}>
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
          {shown.map(({ index, key }) => (
            <tr key={String(key)} data-index={index} ref={virtual.measureElement} aria-rowindex={index + 2}>
              {columns.map((column) => (
                <td key={column.title}>{column.cell(rows[index] as Row)}</td>
              ))}
            </tr>
          ))}
          {below > 0 ? <Gap height={below} columns={columns.length} /> : null}
        </tbody>
      </table>
    </div>
  )
}

interface RowsProps<Row> {
  readonly frame: { readonly current: HTMLDivElement | null }
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Scrolls so that a row is drawn. */
  readonly reveal: (index: number) => void
}

/** Moves through rows, whatever is drawn of them: the row is remembered by its key, so that it stays the same when others come. */
function useRows<Row>({ frame, rows, rowKey, reveal }: RowsProps<Row>): (event: KeyboardEvent) => void {
  const [key, setKey] = useState<string>()
  const wantsFocus = useRef(false)
  const known = key === undefined ? -1 : rows.findIndex((row) => rowKey(row) === key)
  useLayoutEffect(() => {
    const table = frame.current
    if (table === null) return
    const drawn = Array.from(table.querySelectorAll<HTMLElement>('tbody tr[data-index]'))
    const current = drawn.find((row) => Number(row.dataset['index']) === known)
    for (const row of drawn)
      for (const control of row.querySelectorAll<HTMLElement>('a, button'))
        control.tabIndex = row === (current ?? drawn[0]) ? 0 : -1
    if (!wantsFocus.current || current === undefined) return
    wantsFocus.current = false
    current.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true })
  })
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      setKey(undefined)
      ;(document.activeElement as HTMLElement | null)?.blur()
      return
    }
    // Where the focus is counts, whoever put it there.
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('tr[data-index]')
    const from = focused === null || focused === undefined ? known : Number(focused.dataset['index'])
    const to = destination(event.key, from, rows.length)
    const row = to === undefined ? undefined : rows[to]
    if (to === undefined || row === undefined) return
    event.preventDefault()
    wantsFocus.current = true
    setKey(rowKey(row))
    reveal(to)
  }
}

function destination(key: string, from: number, count: number): number | undefined {
  if (key === 'j' || key === 'ArrowDown') return Math.min(count - 1, from + 1)
  if (key === 'k' || key === 'ArrowUp') return Math.max(0, from - 1)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'PageDown') return Math.min(count - 1, from + 10)
  if (key === 'PageUp') return Math.max(0, from - 10)
  return undefined
}

/** Stands for the rows that are out of sight. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}
