import type { DocumentReport } from '../../../model/report.ts'
import { Reading } from '../reading.ts'
import { stated } from '../stated.ts'
import type { FileKindIn } from './kind.ts'
import { linesIn } from './members.ts'

/** What is coming: one row for each line of the notice. */
export const shipNoticeFile: FileKindIn = {
  id: 'ship_notice',
  about: 'What a supplier or another warehouse has sent, before it comes.',
  direction: 'in',
  shape: {
    members: ['asnNumber', 'supplier', 'carrier', 'billOfLading', 'shippedAt', 'expectedAt'],
    lists: {
      packages: ['sscc'],
      lines: ['line', 'sku', 'quantity', 'uom', 'lot', 'purchaseOrder'],
    },
  },
  declaration: {
    fields: {
      asnNumber: { column: 'asn_number', required: true, longest: 60 },
      supplier: { longest: 60 },
      carrier: { longest: 60 },
      billOfLading: { column: 'bill_of_lading', longest: 60 },
      shippedAt: { column: 'shipped_at', type: 'date' },
      expectedAt: { column: 'expected_at', type: 'date' },
      sscc: { longest: 24 },
      line: { longest: 20 },
      sku: { required: true, longest: 100 },
      quantity: { required: true, type: 'number' },
      uom: { required: true, longest: 10 },
      lot: { longest: 60 },
      purchaseOrder: { column: 'purchase_order_number', longest: 60 },
    },
    group: ['asnNumber'],
    once: ['supplier', 'carrier', 'billOfLading', 'shippedAt', 'expectedAt'],
  },
  meaning: (document, { system }) => {
    const number = document.at('asnNumber').text(60)
    const lines = linesIn(document).map((one, index) => {
      const line = new Reading(one, `${document.place}.lines[${index}]`)
      return {
        line: line.at('line').optionalText(20) ?? String(index + 1),
        sku: line.at('sku').text(100),
        quantity: line.at('quantity').decimal(),
        uom: line.at('uom').text(10),
        ...stated({ lot: line.at('lot').optionalText(60), purchaseOrder: line.at('purchaseOrder').optionalText(60) }),
      }
    })
    if (lines.length === 0) throw document.at('lines').wrong('at least one line')
    const packages = document.at('packages').each((one) => one.at('sscc').optionalText(24), 10_000)
    const report: DocumentReport = {
      status: 'received',
      object: {
        asnNumber: number,
        purchaseOrders: unique(lines.map(({ purchaseOrder }) => purchaseOrder)),
        packages: unique(packages),
        lines,
        ...stated({
          supplier: document.at('supplier').optionalText(60),
          carrier: document.at('carrier').optionalText(60)?.toLowerCase(),
          billOfLading: document.at('billOfLading').optionalText(60),
          shippedAt: document.at('shippedAt').optionalText(40),
          expectedAt: document.at('expectedAt').optionalText(40),
        }),
      },
    }
    const about = {
      entity: 'asn',
      references: [{ scheme: 'asn', issuer: system, value: number }],
      unknown: 'create',
    } as const
    return [{ type: 'asn.reported', about, data: report }]
  },
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))]
}
