import type { Operation, Reading as Outcome, Reply, StockPage } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

const pageRowsMax = 10_000

/** `GET /stock?cursor=`: what the ERP has, in the order of item numbers. Changes nothing. */
export const listStock: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => {
    const cursor = new Reading(payload).at('cursor').optionalText(500)
    return { method: 'GET', path: cursor === undefined ? '/stock' : `/stock?cursor=${encodeURIComponent(cursor)}` }
  },
  read,
}

/** A list that cannot be read is no empty warehouse. */
function read({ status, json }: Reply): Outcome {
  if (status === 429 || status >= 500) return { outcome: 'retry', reason: `The ERP cannot answer now (${status}).` }
  if (status >= 400) return { outcome: 'refused', reason: `The ERP refused to list its stock (${status}).` }
  try {
    const body = new Reading(json).object()
    const next = body.at('next').optionalText(500)
    const stock = body
      .at('stock')
      .list(pageRowsMax)
      .map((row) => ({
        sku: row.at('sku').text(100),
        location: row.at('location').text(100),
        status: row.at('status').optionalText(40),
        lot: row.at('lot').optionalText(100),
        quantity: row.at('quantity').text(60),
        uom: row.at('uom').text(10),
      }))
    const data: StockPage = { takenAt: body.at('takenAt').text(40), stock, ...(next === undefined ? {} : { next }) }
    return { outcome: 'applied', data }
  } catch (error) {
    return { outcome: 'unclear', reason: error instanceof Error ? error.message : 'The list cannot be read.' }
  }
}
