import type { Assertion } from '../../../model/fact.ts'
import type { DocumentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { saidIn } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, locationOf, productsOf, qualified, skuOf, unitOf } from './number.ts'
import { partyIn, partyName } from './party.ts'
import { noticeMeaning } from './ship-notice.ts'
import type { Meaning } from './tender.ts'

/** W05-01, element 473: what the order is for. */
const purposes: Readonly<Record<string, Pick<DocumentReport, 'reached' | 'status' | 'reason'>>> = {
  N: { reached: 'released' },
  R: {},
  F: { status: 'cancelled', reason: 'The owner of the goods cancelled it.' },
}

/** 940: the owner of goods releases a delivery to the warehouse. */
export function releasedDelivery(root: Reading, naming: Naming): Meaning {
  const code = root.at('purpose').text(1)
  const purpose = Object.hasOwn(purposes, code) ? purposes[code] : undefined
  if (purpose === undefined) return { assertions: [], unknownCodes: [{ table: 'x12-473', code }] }
  const number = root.at('order').text(60)
  const groups = root.at('groups').optionalList(10_000) ?? []
  const lines = groups.flatMap((group) => group.at('lines').each((line) => line, 10_000))
  const date = (qualifiers: readonly string[]): string | undefined => saidIn(root, qualifiers, naming)
  const said = {
    location: locationOf(root, naming),
    lines: lines.map((line, index) => releasedLine(line, index, naming)),
    ...stated({
      customerPurchaseOrder: root.at('purchaseOrder').optionalText(60),
      shipTo: partyIn(root, ['ST', 'CN']),
      customer: partyName(root, ['BY', 'BT', 'ST']),
      requestedShip: date(['10', '37', '38']),
      requestedDelivery: date(['02', '53', '54']),
      carrier: carrierOf(root.at('scac').optionalText(), naming),
      service: root.at('routing').excerpt(60),
      note: notesIn(root),
    }),
  }
  const data: DocumentReport = {
    ...purpose,
    object: { deliveryNumber: number, ...(purpose.status === 'cancelled' ? {} : said) },
  }
  const assertion: Assertion = {
    type: 'delivery.reported',
    about: {
      entity: 'delivery',
      references: [{ scheme: 'delivery', issuer: naming.orderSystem, value: number }],
      unknown: 'create',
    },
    data,
  }
  return { assertions: [assertion] }
}

/** NTE: every line of what the warehouse is told; as much of it as fits. */
function notesIn(root: Reading): string | undefined {
  const texts = root.at('notes').each((one) => one.at('text').optionalText(500))
  const said = texts.filter((text) => text !== undefined).join('\n')
  return said === '' ? undefined : said.slice(0, 500).toWellFormed()
}

function releasedLine(line: Reading, index: number, naming: Naming): Readonly<Record<string, unknown>> {
  return {
    line: qualified(line.at('references'), ['LI']) ?? String(index + 1),
    sku: skuOf(line, productsOf(line), naming),
    quantity: line.at('ordered').decimal(),
    uom: unitOf(line, 'unit', 'x12-355'),
    ...stated({
      lot: line.at('lot').optionalText(60) ?? qualified(line.at('references'), ['LT']),
      description: line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(200),
    }),
  }
}

/** 943: the owner of goods announces what is on its way to the warehouse. */
export function expectedReceipt(root: Reading, naming: Naming): Meaning {
  const lines = root.at('lines').list(10_000)
  const date = (qualifiers: readonly string[]): string | undefined => saidIn(root, qualifiers, naming)
  const orders = [
    root.at('purchaseOrder').optionalText(60),
    ...[root, ...lines].map((one) => qualified(one.at('references'), ['PO'])),
  ]
  return noticeMeaning(
    {
      number: root.at('shipment').optionalText(60) ?? root.at('order').text(60),
      isCancelled: false,
      supplier: partyName(root, ['SU', 'VN', 'SF']),
      object: {
        purchaseOrders: [...new Set(orders.filter((one) => one !== undefined))],
        packages: [],
        location: locationOf(root, naming),
        lines: lines.map((line, index) => ({
          line: qualified(line.at('references'), ['LI']) ?? String(index + 1),
          sku: skuOf(line, productsOf(line), naming),
          quantity: line.at('shipped').decimal(),
          uom: unitOf(line, 'unit', 'x12-355'),
          ...stated({
            purchaseOrder: qualified(line.at('references'), ['PO']),
            lot: qualified(line.at('references'), ['LT']),
          }),
        })),
        ...stated({
          carrier: carrierOf(root.at('scac').optionalText(), naming),
          shippedAt: date(['11', '10']) ?? root.at('date').optionalText(),
          expectedAt: date(['17', '02']),
          billOfLading: qualified(root.at('references'), ['BM']),
          proNumber: qualified(root.at('references'), ['CN']),
          reportingCode: root.at('purpose').optionalText(1),
        }),
      },
    },
    naming,
  )
}
