import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { say as common } from '../words/words.ts'
import { type Column, textOf, waysOf } from './column.ts'
import { useRowsByKey } from './rows-by-key.ts'
import { say } from './sheet.words.ts'
import type { Sort } from './view.ts'

/** Reasons why rows must stay where they are: the pointer, the focus, or somebody who has scrolled to them. */
export type Hold = 'pointer' | 'focus' | 'scroll'

/** Rows that somebody has put a mark at, by key. */
export interface Selection {
  readonly keys: ReadonlySet<string>
  readonly set: (keys: ReadonlySet<string>) => void
}

/** Rows to draw, and what may be done with them. */
export interface SheetTableProps<Row> {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly isDense?: boolean
  readonly sort?: Sort | undefined
  /** Absent where the order is not to be chosen. */
  readonly setSort?: (sort: Sort | undefined) => void
  /** Every row is here: the browser can sort by anything. */
  readonly isSortable?: boolean
  readonly selection?: Selection | undefined
  /** There are no rows beyond these. */
  readonly isWhole?: boolean
  /** Somebody has scrolled to where more rows are needed soon. */
  readonly nearEnd?: () => void
  readonly hold?: (reason: Hold) => void
  /** Nothing holds the rows for this reason any more. */
  readonly release?: (reason: Hold) => void
}

const rowHeight = 41
const denseRowHeight = 29
const rowsAhead = 30
/** So few are all drawn: the browser's own search finds what is in them. */
const fewRows = 100

/** Rows out of sight are not drawn. One row at a time is in the way of the tab key; `j`, `k` and the arrows move it. */
export function SheetTable<Row>(props: SheetTableProps<Row>) {
  const { title, columns, rows, rowKey, isDense = false, selection, isWhole = true, nearEnd, hold, release } = props
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => (isDense ? denseRowHeight : rowHeight),
    overscan: rows.length <= fewRows ? rows.length : 12,
    getItemKey: (index) => rowKey(rows[index] as Row),
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (!isWhole && last > rows.length - rowsAhead) nearEnd?.()
  }, [isWhole, last, rows.length, nearEnd])
  const pick = selection === undefined ? undefined : (row: Row) => selection.set(toggled(selection.keys, rowKey(row)))
  const reveal = (index: number): void => virtual.scrollToIndex(index, { align: 'auto' })
  const step = useRowsByKey({ frame, rows, rowKey, reveal, pick })
  const above = shown[0]?.start ?? 0
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const cells = columns.length + (selection === undefined ? 0 : 1)
  return (
    <div
      className="board"
      data-dense={isDense || undefined}
      ref={frame}
      tabIndex={0}
      role="region"
      aria-label={title}
      aria-description={common('keys.rows')}
      onKeyDown={step}
      onMouseEnter={() => hold?.('pointer')}
      onMouseLeave={() => release?.('pointer')}
      onFocus={() => hold?.('focus')}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) release?.('focus')
      }}
      onScroll={(event) => (event.currentTarget.scrollTop > rowHeight ? hold?.('scroll') : release?.('scroll'))}
    >
      <table aria-label={title} aria-rowcount={isWhole ? rows.length + 1 : -1}>
        <Head {...props} />
        <tbody>
          {above > 0 ? <Gap height={above} columns={cells} /> : null}
          {shown.map(({ index, key }) => (
            <tr
              key={String(key)}
              data-index={index}
              tabIndex={-1}
              ref={virtual.measureElement}
              aria-rowindex={index + 2}
            >
              {selection === undefined ? null : (
                <Mark
                  label={textOf(columns[0]?.cell(rows[index] as Row)) || String(key)}
                  isSet={selection.keys.has(String(key))}
                  turn={() => pick?.(rows[index] as Row)}
                />
              )}
              {columns.map((column) => (
                <td key={column.id}>{column.cell(rows[index] as Row)}</td>
              ))}
            </tr>
          ))}
          {below > 0 ? <Gap height={below} columns={cells} /> : null}
        </tbody>
      </table>
    </div>
  )
}

interface MarkProps {
  readonly label: string
  readonly isSet: boolean
  readonly turn: () => void
}

function Mark({ label, isSet, turn }: MarkProps) {
  return (
    <td>
      <input type="checkbox" aria-label={say('select', { row: label })} checked={isSet} onChange={turn} />
    </td>
  )
}

function Head<Row>({ columns, rows, rowKey, sort, setSort, isSortable = true, selection }: SheetTableProps<Row>) {
  const isAll = selection !== undefined && rows.length > 0 && rows.every((row) => selection.keys.has(rowKey(row)))
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection === undefined ? null : (
          <td>
            <input
              type="checkbox"
              aria-label={say('selectAll')}
              checked={isAll}
              onChange={() => selection.set(isAll ? new Set() : new Set(rows.map(rowKey)))}
            />
          </td>
        )}
        {columns.map((column) => (
          <th key={column.id} scope="col" aria-sort={orderOf(column.id, sort)}>
            {setSort === undefined || waysOf(column, isSortable).length === 0 ? (
              column.title
            ) : (
              <button
                type="button"
                className="sorts"
                title={say('sort', { column: column.title })}
                onClick={() => setSort(turned(column.id, sort, waysOf(column, isSortable)))}
              >
                {column.title}
                <span aria-hidden="true">
                  {sort?.column === column.id ? (sort.isDescending ? '\u00a0▼' : '\u00a0▲') : ''}
                </span>
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** Up, down where it can be, and back to the order of the hub. */
function turned(column: string, sort: Sort | undefined, ways: readonly boolean[]): Sort | undefined {
  const next = sort?.column === column ? ways[ways.indexOf(sort.isDescending) + 1] : ways[0]
  return next === undefined ? undefined : { column, isDescending: next }
}

function orderOf(column: string, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (sort?.column !== column) return undefined
  return sort.isDescending ? 'descending' : 'ascending'
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return next
}

/** Stands for the rows that are out of sight. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}
