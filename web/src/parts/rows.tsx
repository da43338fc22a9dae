import type { ReactNode } from 'react'
import { say } from '../words/words.ts'
import type { Column } from './column.ts'
import { Sheet } from './sheet.tsx'
import { SheetTable } from './sheet-table.tsx'

interface RowsProps<Row> {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Said where there is nothing. */
  readonly empty?: ReactNode
  /** Tells the lists of one page apart. With it columns, order and views are chosen; without it the rows are as they are. */
  readonly name?: string
  /** Address of the rows at the hub: the way to a file of them. */
  readonly source?: string
}

/** Rows that came in one piece: the same list as those that come page by page. */
export function Rows<Row>({ empty, name, source, ...table }: RowsProps<Row>) {
  if (table.rows.length === 0) return <p>{empty ?? say('list.empty')}</p>
  return name === undefined ? <SheetTable {...table} /> : <Sheet {...table} {...{ name, source }} />
}
