import type { ListPage } from './selection.ts'

/** An order that people can choose for a list: by an instant of its rows that an index holds. */
export interface ListOrder {
  readonly column: string
  readonly direction: 'ASC' | 'DESC'
  /** Condition under which a row has this instant, as SQL; absent where all have it. Rows without it come last, up or down. */
  readonly known?: string
  /** The order of those that come last. */
  readonly rest?: Pick<ListPage, 'column' | 'direction'>
}

/** A part of a list: its page, the condition that its rows fit, and as SQL where a row stands in it: to the microsecond, as it is stored. */
export interface OrderedPart extends ListPage {
  readonly condition: string | undefined
  readonly place: string
}

/** Marks positions among the rows that have no such instant. */
const unknown = '~'
const newest = { column: 'updated_at', direction: 'DESC' } as const

/** The order of a list by the value of its parameter `sort`; the one without it is `usual`. */
export function orderNamed(
  orders: Readonly<Record<string, ListOrder>>,
  { sort, usual }: { readonly sort: string | undefined; readonly usual: string },
): ListOrder {
  const order = orders[sort ?? usual]
  if (order === undefined) throw new Error(`The list has no order ${sort}.`)
  return order
}

/** A page of rows in an order: first those that have the instant, then the others. Each part is read as an index holds it. */
export async function inOrder<Row extends { readonly id: string; readonly place: string }>(
  { known, rest = newest, ...order }: ListOrder,
  { after, limit }: Partial<Pick<ListPage, 'after'>> & Pick<ListPage, 'limit'>,
  read: (part: OrderedPart) => Promise<readonly Row[]>,
): Promise<readonly (Omit<Row, 'place'> & { readonly position: string })[]> {
  const isBeyond = after?.startsWith(unknown) === true
  const first = { ...order, place: placeOf(order.column), after, limit, condition: known }
  const found = isBeyond ? [] : await read(first)
  const rows = found.map(({ place, ...row }) => ({ ...row, position: `${place} ${row.id}` }))
  if (known === undefined || rows.length >= limit) return rows
  const others = await read({
    ...{ ...rest, place: placeOf(rest.column), condition: `NOT (${known})` },
    ...{ after: isBeyond ? after.slice(unknown.length) : undefined, limit: limit - rows.length },
  })
  return [...rows, ...others.map(({ place, ...row }) => ({ ...row, position: `${unknown}${place} ${row.id}` }))]
}

function placeOf(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place`
}
