import { Fragment, isValidElement, type ReactNode } from 'react'

/** A column of a list: what a row shows in it. The first one leads to the row. */
export interface Column<Row> {
  /** Stands in addresses: `status`. */
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** What the rows are put in order by, where the cell says it in a form that has none: `2 days` is more than `5 hours`. */
  readonly by?: (row: Row) => string | number | null | undefined
  /** Shown only to whoever asks for it. */
  readonly isExtra?: true
  /** How the hub is asked for the list in the order of this column. Absent: it cannot; only a list that is here as a whole is sorted by it. */
  readonly sorts?: Sorts
}

/** Values of the parameter `sort`: upwards, downwards. Where neither is there, nobody sorts by the column. */
export interface Sorts {
  readonly up?: string
  readonly down?: string
}

/** Both ways of an order that the API calls by this name. */
export function sortsBy(name: string): Sorts {
  return { up: name, down: `-${name}` }
}

/** Ways in which a list can be put in the order of a column, as whether it goes down; none: its title is no button. */
export function waysOf({ sorts }: Pick<Column<never>, 'sorts'>, isWhole: boolean): readonly boolean[] {
  if (sorts === undefined) return isWhole ? [false, true] : []
  return [...(sorts.up === undefined ? [] : [false]), ...(sorts.down === undefined ? [] : [true])]
}

/** The columns that are shown, in their order: as the address says, else those that are not extra. Never none. */
export function shownColumns<Row>(
  all: readonly Column<Row>[],
  wanted: readonly string[] | undefined,
): readonly Column<Row>[] {
  const usual = all.filter(({ isExtra }) => isExtra !== true)
  const found = (wanted ?? []).flatMap((id) => all.find((one) => one.id === id) ?? [])
  return found.length === 0 ? usual : found
}

/** What a cell says, as text: of a status its code, of an instant the instant. */
export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map(textOf).join(' ')
  if (!isValidElement<{ readonly at?: string; readonly code?: string; readonly children?: ReactNode }>(node)) return ''
  const { at, code, children } = node.props
  return node.type === Fragment ? textOf(children) : (at ?? code ?? textOf(children))
}

/** What a row is put in order by. */
export function orderedBy<Row>({ by, cell }: Pick<Column<Row>, 'by' | 'cell'>, row: Row): string {
  return by === undefined ? textOf(cell(row)) : String(by(row) ?? '')
}

/** The order of two cells: figures as figures, anything else as people sort it; what says nothing comes last. */
export function compareText(one: string, other: string): number {
  if (one === '' || other === '') return one === other ? 0 : one === '' ? 1 : -1
  const figure = /^-?\d+(\.\d+)?$/
  if (figure.test(one) && figure.test(other)) return Number(one) - Number(other) || collator.compare(one, other)
  return collator.compare(one, other)
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
