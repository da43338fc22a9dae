import { day, loops, number, pairs, type Row, type Rows, value } from '../map/rows.ts'
import { lineAnswers, orderHeading, orderLine } from './order-parts.ts'

const changedLine: Rows = {
  line: value('POC/1'),
  change: value('POC/2'),
  quantity: number('POC/3'),
  toReceive: number('POC/4'),
  unit: value('POC/5'),
  price: number('POC/6'),
  priceBasis: value('POC/7'),
  products: pairs('POC/8', 27),
  ...orderLine,
}
const lines: Row = loops('POC', changedLine)

/** A buyer changes an order: only the lines that change are said. */
export const map860: Rows = {
  purpose: value('BCH/1'),
  type: value('BCH/2'),
  order: value('BCH/3'),
  release: value('BCH/4'),
  sequence: value('BCH/5'),
  date: day('BCH/6'),
  changedOn: day('BCH/11'),
  ...orderHeading,
  lines,
}

/** A supplier answers or asks for a change. */
export const map865: Rows = {
  purpose: value('BCA/1'),
  answer: value('BCA/2'),
  order: value('BCA/3'),
  release: value('BCA/4'),
  sequence: value('BCA/5'),
  date: day('BCA/6'),
  supplierOrder: value('BCA/9'),
  ...orderHeading,
  lines: loops('POC', { ...changedLine, answers: lineAnswers() }),
}
