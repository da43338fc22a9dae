import { day, loops, number, pairs, type Rows, value } from '../map/rows.ts'
import { orderHeading, orderLine } from './order-parts.ts'

/** A buyer orders goods. */
export const map850: Rows = {
  purpose: value('BEG/1'),
  type: value('BEG/2'),
  order: value('BEG/3'),
  release: value('BEG/4'),
  date: day('BEG/5'),
  contract: value('BEG/6'),
  ...orderHeading,
  lines: loops('PO1', {
    line: value('PO1/1'),
    quantity: number('PO1/2'),
    unit: value('PO1/3'),
    price: number('PO1/4'),
    priceBasis: value('PO1/5'),
    products: pairs('PO1/6', 25),
    ...orderLine,
  }),
}
