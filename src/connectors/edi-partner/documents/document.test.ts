import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { owed } from '../../../../test/edi/owed.ts'
import { codesOf, record } from '../../../../test/edi/recorder.ts'
import { agreed, textOf } from '../../../../test/edi/written-document.ts'
import { InterlineError } from '../../../base/errors.ts'
import { documentCommands, documentProblem } from './document.ts'

test('every command has documents that are tried here', () => {
  expect(Object.keys(owed).toSorted()).toEqual(documentCommands.toSorted())
})

describe.each([...documentCommands])('the document for %s', (command) => {
  const standards = (['x12', 'edifact'] as const).filter(
    (standard) => documentProblem(command, agreed({ standard })) === undefined,
  )
  const versions = [{ x12Version: '004010' }, { x12Version: '005010' }]

  test('passes every check that a strict partner has, with its numbers in header and trailer', () => {
    fc.assert(
      fc.property(
        owed[command] ?? fc.constant({}),
        fc.constantFrom(...standards),
        fc.constantFrom(...versions),
        fc.constantFrom('change' as const, undefined),
        (one, standard, version, purpose) => {
          const text = textOf(command, one, agreed({ standard, ...version }), purpose)
          const { sets, groups, interchanges, verdicts } = record(new TextEncoder().encode(text))
          expect(verdicts.filter(({ severity }) => severity === 'reject')).toEqual([])
          expect([sets.length, interchanges.length]).toEqual([1, 1])
          expect(interchanges[0]?.header.controlNumber).toBe(standard === 'x12' ? '000000007' : '7')
          if (standard === 'x12') expect(groups[0]?.header.controlNumber).toBe('3')
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is the same bytes for the same input', () => {
    fc.assert(
      fc.property(owed[command] ?? fc.constant({}), fc.constantFrom(...standards), (one, standard) => {
        expect(textOf(command, one, agreed({ standard }))).toBe(textOf(command, one, agreed({ standard })))
      }),
      { numRuns: 10 },
    )
  })
})

test('a value that no envelope can carry is refused with the place, never cut', () => {
  const long = { deliveryNumber: '8'.repeat(30), lines: [{ sku: 'S', quantity: '1', uom: 'C62' }] }
  expect(() => textOf('release_delivery', long, agreed())).toThrow(InterlineError)
  expect(
    codesOf(record(new TextEncoder().encode(textOf('release_delivery', { ...long, deliveryNumber: '8' }, agreed())))),
  ).toEqual([])
})
