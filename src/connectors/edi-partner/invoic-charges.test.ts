import { describe, expect, test } from 'vitest'
import { edifactFile } from '../../../test/edi/sets.ts'
import { exampleSettings } from '../kit/golden.ts'
import type { Agreement } from './policy.ts'
import { agreement } from './settings.ts'
import { translate } from './translate.ts'

function dataOf(segments: readonly string[], settings: Partial<Agreement>): unknown {
  const text = edifactFile(segments.join('\n'))
  const known = { ...(exampleSettings(agreement) as Agreement), ...settings }
  const document = { bytes: text, contentType: 'application/edifact', headers: {}, content: undefined }
  const result = translate(document, { settings: known, connection: 'c', receivedAt: 0, messageId: 'm' })
  return 'assertions' in result ? result.assertions[0]?.data : undefined
}

const head = ['UNH+1+INVOIC:D:96A:UN', 'BGM+380+F-7+9', 'DTM+137:20260302:102']
const carrierHead = [...head, 'RFF+CU:SHP-1', 'NAD+SU+HAUL::92', 'CUX+2:EUR:4']
const linehaul = ['LIN+1++FRT:SA', 'IMD+F++:::Linehaul', 'MOA+203:400']
const fuel = ['LIN+2++FUEL:SA', 'IMD+F++:::Diesel', 'MOA+203:52.5']

interface Line {
  readonly charges: readonly { readonly code: string; readonly amount: { readonly amount: string } }[]
}

function charged(...segments: readonly string[]): readonly string[] {
  const data = dataOf([...carrierHead, ...segments], { invoices: 'carrier' }) as { object: { lines: readonly Line[] } }
  return data.object.lines.flatMap(({ charges }) => charges.map(({ code, amount }) => `${code} ${amount.amount}`))
}

describe('a carrier invoices with INVOIC', () => {
  test('charge by charge, in our words where they are known', () => {
    expect(
      dataOf([...carrierHead, ...linehaul, ...fuel, 'UNS+S', 'MOA+77:452.5'], { invoices: 'carrier' }),
    ).toMatchObject({
      object: {
        invoiceNumber: 'F-7',
        total: { amount: '452.5', currency: 'EUR' },
        lines: [
          {
            line: '1',
            description: 'Linehaul',
            charges: [{ code: 'FRT', amount: { amount: '400', currency: 'EUR' }, text: 'Linehaul' }],
          },
          { line: '2', charges: [{ code: 'fuel', amount: { amount: '52.5', currency: 'EUR' }, text: 'Diesel' }] },
        ],
      },
    })
  })

  test.each([
    ['by its rate', ['TAX+7+VAT+++:::19+S', 'MOA+124:85.97']],
    ['in all', ['MOA+176:85.97', 'TAX+7+VAT+++:::19+S', 'MOA+124:85.97']],
  ])('the tax that is told %s is a charge: all of them come to the total', (_, taxes) => {
    expect(charged(...linehaul, ...fuel, 'UNS+S', 'MOA+77:538.47', 'MOA+79:452.5', ...taxes)).toEqual([
      'FRT 400',
      'fuel 52.5',
      'tax 85.97',
    ])
  })

  test('a tax of a line, and a line that is the tax, count once', () => {
    const taxed = [...linehaul, 'TAX+7+VAT+++:::19+S', 'MOA+124:76']
    expect(charged(...taxed, 'UNS+S', 'MOA+77:476')).toEqual(['FRT 400', 'tax 76'])
    expect(charged(...linehaul, 'LIN+2', 'IMD+F++:::VAT', 'MOA+124:76', 'UNS+S', 'MOA+77:476', 'MOA+176:76')).toEqual([
      'FRT 400',
      'tax 76',
    ])
  })

  test('a tax that the total leaves out is no charge', () => {
    expect(charged(...linehaul, 'UNS+S', 'MOA+77:400', 'TAX+7+VAT+++:::19+S', 'MOA+124:76')).toEqual(['FRT 400'])
  })

  const surcharge = ['ALC+C++++FC', 'PCD+3:13', 'MOA+23:52.5']

  test.each([
    ['beside a line', [...linehaul, ...surcharge], '452.5', ['FRT 400', 'linehaul 52.5']],
    ['within the amount of a line', [...linehaul, ...surcharge], '400', ['FRT 400']],
    ['of the document', ['ALC+C++++FC', 'MOA+8:52.5', ...linehaul], '452.5', ['FRT 400', 'linehaul 52.5']],
    ['taken off', ['ALC+A++++DI', 'MOA+204:40', ...linehaul], '360', ['FRT 400', 'DI -40']],
    ['in place of an amount', ['LIN+1', ...surcharge, 'ALC+C++++TX', 'MOA+23:10'], '62.5', ['linehaul 52.5', 'TX 10']],
    ['that come to the amount', ['LIN+1', 'MOA+203:52.5', ...surcharge], '52.5', ['linehaul 52.5']],
  ])('charges %s are read so that they come to the total', (_, lines, total, expected) => {
    expect(charged(...lines, 'UNS+S', `MOA+77:${total}`)).toEqual(expected)
  })

  test('charges behind the lines count as well', () => {
    const behind = ['ALC+C++++DL', 'MOA+8:2', 'ALC+C+ABG', 'MOA+131:12.3']
    expect(charged(...linehaul, 'UNS+S', 'MOA+86:414.3', ...behind)).toEqual(['FRT 400', 'DL 2', 'ABG 12.3'])
  })

  test('charges that come to no total stay as they are told', () => {
    expect(charged(...linehaul, 'UNS+S', 'MOA+77:999')).toEqual(['FRT 400'])
  })
})

test('a supplier’s invoice tells its tax and what is asked for or taken off besides', () => {
  const segments = [
    ...[...head, 'RFF+ON:PO-9', 'NAD+SU+ELM::92', 'CUX+2:EUR:4'],
    ...['ALC+C++++FC:::Freight', 'MOA+23:8'],
    ...['LIN+1++MUG-BLUE:SA', 'QTY+47:12:PCE', 'MOA+203:54', 'ALC+A++++DI', 'PCD+1:10', 'MOA+204:6'],
    ...['UNS+S', 'MOA+77:73.78', 'TAX+7+VAT+++:::19', 'MOA+124:11.78'],
  ]
  expect(dataOf(segments, {})).toMatchObject({
    parts: {
      invoices: {
        'F-7': {
          tax: { amount: '11.78', currency: 'EUR' },
          charges: [{ code: 'FC', amount: { amount: '8', currency: 'EUR' }, text: 'Freight' }],
          lines: [{ amount: '54', charges: [{ code: 'DI', amount: { amount: '-6' }, percent: '10' }] }],
        },
      },
    },
  })
})
