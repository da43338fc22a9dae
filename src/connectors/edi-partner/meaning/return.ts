import type { DocumentReport } from '../../../model/report.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { readMoment } from './moment.ts'
import type { Naming } from './naming.ts'
import { qualified, skuOf, unitOf } from './number.ts'
import { partyName } from './party.ts'
import { x12Price } from './price.ts'
import type { Meaning } from './tender.ts'

/** BGN-01, element 353: how far a return has come when its document is written. A change or replacement says nothing of that. */
const purposes: Readonly<Record<string, { readonly status?: string }>> = {
  '00': { status: 'requested' },
  '01': { status: 'cancelled' },
  '04': {},
  '05': {},
  '06': { status: 'authorized' },
  '11': { status: 'authorized' },
  '13': { status: 'requested' },
}

/** 180: goods are to come back, or may. */
export function returnNotice(root: Reading, naming: Naming): Meaning {
  const code = root.at('purpose').text(2)
  const purpose = Object.hasOwn(purposes, code) ? purposes[code] : undefined
  const unknownCodes: UnknownCode[] = purpose === undefined ? [{ table: 'x12-353-return', code }] : []
  if (purpose === undefined) return { assertions: [], unknownCodes }
  const number = root.at('number').text(60)
  const report: DocumentReport = {
    ...purpose,
    object: {
      returnNumber: number,
      lines: (root.at('lines').optionalList(10_000) ?? []).map((line, index) => lineOf(line, index, naming)),
      ...stated({
        customer: partyName(root, ['BY', 'SF', 'ST']),
        customerPurchaseOrder: root.at('order').optionalText(60) ?? qualified(root.at('references'), ['PO']),
        invoiceNumber: qualified(root.at('references'), ['IV']),
        at: readMoment(root.at('at'), naming, root.at('zone').optionalText())?.at,
        reason: reasonOf(root),
      }),
    },
  }
  return {
    assertions: [
      {
        type: 'return.reported',
        about: {
          entity: 'return',
          references: [{ scheme: 'return', issuer: naming.system, value: number }],
          unknown: 'create',
        },
        data: report,
      },
    ],
    unknownCodes,
  }
}

function lineOf(line: Reading, index: number, naming: Naming): Readonly<Record<string, unknown>> {
  const product: [string, string] = [line.at('qualifier').text(2), line.at('product').text(100)]
  return {
    line: String(index + 1),
    sku: skuOf(line, [product], naming),
    ...stated({
      quantity: line.at('quantity').optionalDecimal(),
      uom: line.at('unit').present ? unitOf(line, 'unit', 'x12-355') : undefined,
      price: x12Price(line),
      customerPurchaseOrder: line.at('order').optionalText(60),
      reason: reasonOf(line),
      description: line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(200),
    }),
  }
}

/** RDR: its codes are kept word for word; who handles returns has his own list of reasons. */
function reasonOf(holder: Reading): string | undefined {
  const [first] = holder.at('reasons').optionalList() ?? []
  if (first === undefined) return undefined
  const disposition = first.at('disposition').optionalText(2)
  const reason = first.at('reason').optionalText(2)
  const coded = [disposition && `x12-1292 ${disposition}`, reason && `x12-1293 ${reason}`].filter(Boolean).join(' ')
  return first.at('text').excerpt(200) ?? (coded === '' ? undefined : coded)
}
