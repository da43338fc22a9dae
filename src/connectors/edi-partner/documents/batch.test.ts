import fc from 'fast-check'
import { expect, test } from 'vitest'
import { record } from '../../../../test/edi/recorder.ts'
import { readSettings } from '../../../base/fields.ts'
import { filled } from '../../../model/interchange/interchange.ts'
import { assembled } from '../../../model/transmission/batch-parts.ts'
import { agreement } from '../settings.ts'
import { writeOwed } from './document.ts'

const at = Date.UTC(2026, 2, 1, 8, 30)
/** Values with every delimiter, in any place. */
const word = fc
  .string({ unit: fc.constantFrom(...Array.from("AB1 *~>^|:+?'.")), minLength: 1, maxLength: 12 })
  .map((text) => `X${text.trim()}Y`)
const delivery = fc.record({
  deliveryNumber: fc.stringMatching(/^[1-9]\d{4}$/),
  orderNumber: fc.constant('SO1'),
  location: fc.constant('DC1'),
  confirmedAt: fc.constant('2026-03-01T08:00:00Z'),
  lines: fc.array(
    fc.record({ line: fc.constant('10'), sku: word, quantity: fc.constant('3'), uom: fc.constant('EA') }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
})
const commands = { x12: ['release_delivery', 'notify_shipment', 'advise_shipment'], edifact: ['notify_shipment'] }

test.for(['x12', 'edifact'] as const)(
  'documents of %s with one key are one interchange that passes every check',
  (standard) => {
    const settings = readSettings(agreement, {
      partnerId: 'MERIDIANCARRIER',
      ownId: 'HARBORGOODSLTD',
      standard,
      batchMinutes: 15,
    })
    const document = fc.tuple(fc.constantFrom(...commands[standard]), delivery)
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 8 }), (documents) => {
        const parts = documents.map(
          ([command, payload]) => writeOwed({ command, payload }, { settings, at }).batch?.parts,
        )
        const batches = Map.groupBy(
          parts.filter((one) => one !== undefined),
          ({ key }) => key,
        )
        let count = 0
        for (const members of batches.values()) {
          const { draft, places } = assembled(members, standard === 'x12' ? 9 : 0)
          const { verdicts, sets, interchanges } = record(
            new TextEncoder().encode(filled(draft, { interchange: 7, group: 3 })),
          )
          expect(verdicts.filter(({ severity }) => severity === 'reject')).toEqual([])
          expect(interchanges).toHaveLength(1)
          expect(sets.map(({ header }) => header.controlNumber).toSorted()).toEqual(
            places.map(({ set }) => set).toSorted(),
          )
          count += sets.length
        }
        expect(count).toBe(documents.length)
      }),
      { numRuns: 100 },
    )
  },
)
