import { loops, number, type Rows, segments, total, value } from '../map/rows.ts'
import { identities, itemNumbers, parties, periods, places, referenceGroups, texts } from './edifact-parts.ts'

/** A quantity with where and when it was. */
const counted: Rows = {
  qualifier: value('QTY/1.1'),
  quantity: number('QTY/1.2'),
  unit: value('QTY/1.3'),
  places: places(),
  dates: periods(),
}

/** What is in stock, or how it changed, item by item. */
export const mapInvrpt: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  dates: periods(),
  references: referenceGroups(),
  parties: parties(),
  items: loops('LIN', {
    line: value('LIN/1'),
    product: value('LIN/3.1'),
    qualifier: value('LIN/3.2'),
    alternatives: itemNumbers(),
    dates: periods(),
    texts: texts(),
    places: places(),
    references: referenceGroups(),
    quantities: loops('QTY', {
      ...counted,
      numbers: segments('GIN', identities('')),
      direction: value('INV/1'),
      affected: value('INV/2'),
      reason: value('INV/3'),
      references: referenceGroups(),
    }),
    movements: loops('INV', {
      direction: value('INV/1'),
      affected: value('INV/2'),
      reason: value('INV/3'),
      quantities: loops('QTY', { ...counted, numbers: segments('GIN', identities('')) }),
    }),
  }),
  count: total('CNT/1.2', 'items', { 1: '2' }),
}
