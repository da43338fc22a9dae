import { type ReactNode, useMemo, useState } from 'react'
import { type Column, compareText, orderedBy, shownColumns } from './column.ts'
import { say } from './sheet.words.ts'
import { SheetTable, type SheetTableProps } from './sheet-table.tsx'
import { SheetTools } from './sheet-tools.tsx'
import { type Sort, useView } from './view.ts'

interface SheetProps<Row>
  extends Pick<
    SheetTableProps<Row>,
    'title' | 'columns' | 'rows' | 'rowKey' | 'isWhole' | 'nearEnd' | 'hold' | 'release'
  > {
  /** Tells the lists of one page apart; the only one has none. */
  readonly name?: string | undefined
  /** Address of the rows at the hub with its filters: the way to a file of them. */
  readonly source?: string | undefined
  /** What can be done with rows that are selected. */
  readonly act?: ((rows: readonly Row[]) => ReactNode) | undefined
  /** Who puts the rows in their order; the browser only where every row is here. */
  readonly order?: Order
  /** Every row is here: the browser can sort by anything. */
  readonly isHere?: boolean
}

/** The hub gave them in the order that was asked for; the browser sorts them; or neither can. */
export type Order = 'asked' | 'here' | 'none'

/** Rows as somebody wants to see them: which columns, in which order, how dense; marked to be worked on, saved as a file. */
export function Sheet<Row>({
  name,
  source,
  act,
  order = 'here',
  isHere = true,
  columns,
  rows,
  rowKey,
  ...table
}: SheetProps<Row>) {
  const view = useView(name)
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const shown = shownColumns(columns, view.columns)
  const sorted = useSorted(rows, columns, order === 'here' ? view.sort : undefined)
  const selected = act === undefined ? [] : rows.filter((row) => keys.has(rowKey(row)))
  return (
    <>
      <SheetTools {...{ name, source, view, columns, title: table.title }} />
      {act === undefined ? null : (
        <div className="filters" role="group" aria-label={say('selected', { count: selected.length })}>
          <span role="status">{selected.length === 0 ? '' : say('selected', { count: selected.length })}</span>
          {selected.length === 0 ? null : act(selected)}
        </div>
      )}
      {order === 'none' && view.sort !== undefined ? <p role="status">{say('sort.part')}</p> : null}
      <SheetTable
        {...table}
        {...{ rows: sorted, rowKey, columns: shown, isDense: view.isDense, sort: view.sort }}
        setSort={(sort) => view.change({ sort })}
        isSortable={isHere}
        selection={act === undefined ? undefined : { keys, set: setKeys }}
      />
    </>
  )
}

function useSorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | undefined): readonly Row[] {
  const by = columns.find(({ id }) => id === sort?.column)
  const [column, isDescending] = [by?.id, sort?.isDescending === true]
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns are made anew with every render; their cells say the same of a row
  return useMemo(() => {
    if (by === undefined) return rows
    const texts = new Map(rows.map((row) => [row, orderedBy(by, row)]))
    const order = (one: Row, other: Row): number => compareText(texts.get(one) ?? '', texts.get(other) ?? '')
    return isDescending ? rows.toSorted((one, other) => order(other, one)) : rows.toSorted(order)
  }, [rows, column, isDescending])
}
