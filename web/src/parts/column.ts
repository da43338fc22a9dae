import { Fragment, isValidElement, type ReactNode } from 'react'

/** A column of a list: what a row shows in it. The first one leads to the row. */
export interface Column<Row> {
  /** Stands in addresses: `status`. */
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Shown only to whoever asks for it. */
  readonly isExtra?: true
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

/** The order of two cells: figures as figures, anything else as people sort it; what says nothing comes last. */
export function compareText(one: string, other: string): number {
  if (one === '' || other === '') return one === other ? 0 : one === '' ? 1 : -1
  const figure = /^-?\d+(\.\d+)?$/
  if (figure.test(one) && figure.test(other)) return Number(one) - Number(other) || collator.compare(one, other)
  return collator.compare(one, other)
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
