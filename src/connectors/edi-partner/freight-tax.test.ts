import { expect, test } from 'vitest'
import { x12File } from '../../../test/edi/sets.ts'
import { exampleSettings } from '../kit/golden.ts'
import type { Agreement } from './policy.ts'
import { agreement } from './settings.ts'
import { translate } from './translate.ts'

interface Told {
  readonly object: { readonly lines: readonly { readonly charges: readonly object[] }[] }
}

function chargesIn(...lines: readonly string[]): readonly object[] {
  const text = ['ST*210*0001', 'B3**F-1*SHP-7*PP**20260302*11900****HAUL', 'C3*EUR', 'N9*BM*B-1', ...lines]
  const known = exampleSettings(agreement) as Agreement
  const document = {
    bytes: x12File('004010', [...text, 'L3*****11900'].join('\n')),
    ...{ contentType: 'application/edi-x12', headers: {}, content: undefined },
  }
  const result = translate(document, { settings: known, connection: 'c', receivedAt: 0, messageId: 'm' })
  const told = 'assertions' in result ? (result.assertions[0]?.data as Told | undefined) : undefined
  return (told?.object.lines ?? []).flatMap(({ charges }) => charges)
}

test.each(['GST', 'TAX', 'TAY'])(
  'a tax of a 210 (%s) is told as a tax, and every other charge in our word for it',
  (code) => {
    expect(chargesIn('LX*1', 'L1*1***9000', 'LX*2', 'L1*2***1000****FUE', 'LX*3', `L1*3***1900****${code}`)).toEqual([
      { code: 'linehaul', amount: { amount: '90', currency: 'EUR' } },
      { code: 'fuel', amount: { amount: '10', currency: 'EUR' }, text: 'FUE' },
      { code: 'tax', amount: { amount: '19', currency: 'EUR' }, text: code },
    ])
  },
)
