import { withoutUnseenAround } from '../../base/doubtful-text.ts'
import type { Operation, StockPage } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { pageRowsMax, readPage } from './page.ts'

/** `GET /stock?cursor=`: what the ERP has, in the order of item numbers. Changes nothing. */
export const listStock: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => {
    const cursor = new Reading(payload).at('cursor').optionalText(500)
    return { method: 'GET', path: cursor === undefined ? '/stock' : `/stock?cursor=${encodeURIComponent(cursor)}` }
  },
  read: (reply) =>
    readPage<StockPage>(reply, 'stock', (body) => ({
      takenAt: body.at('takenAt').text(40),
      stock: body
        .at('stock')
        .list(pageRowsMax)
        .map((row) => ({
          sku: withoutUnseenAround(row.at('sku').text(100)),
          location: withoutUnseenAround(row.at('location').text(100)),
          status: row.at('status').optionalText(40),
          lot: row.at('lot').optionalText(100),
          quantity: row.at('quantity').text(60),
          uom: row.at('uom').text(10),
        })),
    })),
}
