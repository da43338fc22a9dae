import { day, loops, number, pairs, type Rows, value } from '../map/rows.ts'
import { lineAnswers, orderHeading, orderLine } from './order-parts.ts'

/** A supplier answers an order, line by line. */
export const map855: Rows = {
  purpose: value('BAK/1'),
  answer: value('BAK/2'),
  order: value('BAK/3'),
  date: day('BAK/4'),
  release: value('BAK/5'),
  supplierOrder: value('BAK/8'),
  answeredOn: day('BAK/9'),
  ...orderHeading,
  lines: loops('PO1', {
    line: value('PO1/1'),
    quantity: number('PO1/2'),
    unit: value('PO1/3'),
    price: number('PO1/4'),
    priceBasis: value('PO1/5'),
    products: pairs('PO1/6', 25),
    ...orderLine,
    answers: lineAnswers(),
  }),
}
