import { expect, test } from 'vitest'
import { readSets } from '../../../test/edi/sets.ts'
import { generateInterchange } from '../../edi/map/generate.ts'
import { chooseSet } from '../../edi/overlay/open.ts'
import {
  consignmentStatus,
  despatchAdvice,
  loadTender,
  order,
  orderAnswer,
  purchaseOrder,
  shippingOrder,
} from './documents.ts'

const about = {
  number: 'NO261120-P12003-00001',
  on: '2026-11-20',
  lines: [
    { sku: 'NG-001', quantity: '12', price: '4.50' },
    { sku: 'NG-014', quantity: '3', price: '19.95' },
  ],
}

test.each([
  ['850', '004010', purchaseOrder(about)],
  ['940', '004010', shippingOrder(about)],
  ['204', '004010', loadTender(about, 'MR123456000001')],
  ['ORDERS', 'D.96A', order(about)],
  ['ORDRSP', 'D.96A', orderAnswer(about)],
  ['DESADV', 'D.96A', despatchAdvice(about)],
  ['IFTSTA', 'D.96A', consignmentStatus('CBP-1', '21', '2026-11-20T10:15')],
])(
  'the %s of a simulated partner keeps the standard, so that only a fault makes the hub refuse it',
  (set, version, document) => {
    const { bytes } = generateInterchange(document, chooseSet([]), {
      ...{ set, version, controlNumber: 7, date: '20261120', time: '1015', isTest: false },
      sender: { qualifier: 'ZZ', id: 'NORTHGATE', routing: '' },
      receiver: { qualifier: 'ZZ', id: 'MERIDIAN', routing: '' },
    })
    expect(readSets(bytes).map(({ report }) => report.verdicts.map(({ code }) => code))).toEqual([[]])
  },
)
