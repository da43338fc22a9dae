import { expect, test } from 'vitest'
import { edifactFile, x12File } from '../../../test/edi/sets.ts'
import { exampleSettings } from '../kit/golden.ts'
import type { Agreement } from './policy.ts'
import { agreement } from './settings.ts'
import { translate } from './translate.ts'

type Named = Readonly<Record<string, unknown>>

function objectOf(bytes: Uint8Array | string, contentType: string): Named & { readonly lines: readonly Named[] } {
  const known = { ...(exampleSettings(agreement) as Agreement), invoices: 'carrier' } as Agreement
  const document = { bytes, contentType, headers: {}, content: undefined } as Parameters<typeof translate>[0]
  const result = translate(document, { settings: known, connection: 'c', receivedAt: 0, messageId: 'm' })
  const data = 'assertions' in result ? result.assertions[0]?.data : undefined
  return (data as { readonly object: Named & { readonly lines: readonly Named[] } }).object
}

const message = (head: readonly string[], ...lines: readonly string[]) =>
  objectOf(
    edifactFile(
      [
        ...[
          'UNH+1+INVOIC:D:96A:UN',
          'BGM+380+F-7+9',
          'DTM+137:20260302:102',
          ...head,
          'NAD+SU+HAUL::92',
          'CUX+2:EUR:4',
        ],
        ...[...lines, 'UNS+S', 'MOA+77:119', 'TAX+7+VAT+++:::19+S', 'MOA+124:19'],
      ].join('\n'),
    ),
    'application/edifact',
  )
const both = ['LIN+1', 'MOA+203:60', 'RFF+BM:B-1', 'LIN+2', 'MOA+203:40', 'RFF+BM:B-2']

test('an INVOIC whose lines name a load each asks for each of them, and the tax for all', () => {
  const { lines, bol } = message([], ...both)
  expect([bol, lines.map((line) => line['bol'])]).toEqual([undefined, ['B-1', 'B-2', undefined]])
  expect(lines.at(-1)).toMatchObject({ charges: [{ code: 'tax', amount: { amount: '19' } }] })
})

test('an INVOIC that names its load as a whole, or one in all of its lines, is for that one', () => {
  const whole = message(['RFF+CU:SHP-1'], ...both)
  expect([whole['shipment'], whole.lines.map((line) => line['bol'])]).toEqual([
    'SHP-1',
    [undefined, undefined, undefined],
  ])
  const one = message([], 'LIN+1', 'MOA+203:60', 'RFF+BM:B-1', 'LIN+2', 'MOA+203:40', 'RFF+BM:B-1')
  expect([one['bol'], one.lines[0]?.['bol']]).toEqual(['B-1', undefined])
})

test('a 210 whose lines name a load each asks for each of them', () => {
  const lines = ['LX*1', 'N9*BM*B-1', 'L1*1***6000****400', 'LX*2', 'N9*BM*B-2', 'L1*2***4000****DET']
  const text = ['ST*210*0001', 'B3**F-1**PP**20260302*10000****HAUL', 'C3*EUR', ...lines, 'L3*****10000']
  const told = objectOf(x12File('004010', text.join('\n')), 'application/edi-x12')
  expect(told.lines.map(({ bol, charges }) => [bol, (charges as readonly Named[])[0]?.['code']])).toEqual([
    ['B-1', 'linehaul'],
    ['B-2', 'DET'],
  ])
})
