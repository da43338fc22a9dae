import type { Assertion } from '../../../model/fact.ts'
import { documentName, type NumberScheme } from '../../../model/transmission/number.ts'
import type { ReadSet } from '../meaning/set-reader.ts'
import type { Agreement } from '../policy.ts'
import { partnershipFor } from './answer-reader.ts'

const scheme: NumberScheme = 'document_number'

/** A 944 names the 943 that announced the goods (W17-05): what a warehouse has received it was told of, and we need not wait any more. */
export function goodsReceived({ header, document }: ReadSet, settings: Agreement): readonly Assertion[] {
  const announced = header.identifier === '944' ? document?.member('shipment') : undefined
  if (typeof announced !== 'string') return none
  return [
    {
      type: 'transmission.response_reported',
      about: {
        entity: 'transmission',
        references: [
          { scheme, issuer: partnershipFor(header.interchange, settings), value: documentName('943', announced) },
        ],
        unknown: 'create',
      },
      data: { answer: 'receiving_advice' },
    },
  ]
}

const none: readonly Assertion[] = []
