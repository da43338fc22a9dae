import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inHtml, onOneLine } from './message.ts'
import { namesIn, readTemplate, render, type Values } from './template.ts'

const reader = { locale: 'de', timeZone: 'Europe/Berlin' }
const write = (text: string, values: Values, escape = onOneLine): string =>
  render(readTemplate(text), values, { reader, escape })

test('puts values where they belong, in the language and the time of the reader', () => {
  const values = { number: 'SO-1', eta: '2026-07-02T22:30:00Z', quantity: '1234567.5', day: '2026-07-02' }
  expect(write('{{number}}: {{eta|date}}, {{ eta | time }}, {{quantity|number}}, {{day|day}}', values)).toBe(
    'SO-1: 3. Juli 2026, 00:30, 1.234.567,5, 2. Juli 2026',
  )
  const english = { reader: { locale: 'en', timeZone: 'America/New_York' }, escape: onOneLine }
  expect(render(readTemplate('{{eta|date}} {{eta|time}}'), values, english)).toBe('2 July 2026 18:30')
})

test('writes quantities to the last digit, and what is no number or instant as it is', () => {
  expect(write('{{quantity|number}}', { quantity: '12345678901234567890.000000000001' })).toBe(
    '12.345.678.901.234.567.890,000000000001',
  )
  expect(write('{{a|number}} {{b|date}} {{c}}', { a: 'some', b: 'soon' })).toBe('some soon ')
})

test('tells what is there, leaves out what is not, and repeats a list', () => {
  const text =
    '{{#carrier}}by {{carrier}}{{/carrier}}{{^carrier}}by nobody{{/carrier}}{{#lines}} {{sku}}×{{quantity}}{{/lines}}'
  const lines = [
    { sku: 'LAMP', quantity: '2' },
    { sku: 'VASE', quantity: '1' },
  ]
  expect(write(text, { carrier: 'PN', lines })).toBe('by PN LAMP×2 VASE×1')
  expect(write(text, { carrier: '' })).toBe('by nobody')
})

test('is refused with a reason where it is none', () => {
  const reasons: readonly (readonly [string, RegExp])[] = [
    ['{{', /no place for a value/],
    ['{{constructor.name}}', /no place/],
    ['{{a|eval}}', /no format eval/],
    ['{{#a}}x', /not closed/],
    ['{{#a}}{{/b}}', /closes nothing/],
    ['{{/a}}', /closes nothing/],
    ['{{#a}}{{#b}}{{#c}}{{#d}}{{#e}}{{/e}}{{/d}}{{/c}}{{/b}}{{/a}}', /nested deeper/],
    ['x'.repeat(20_001), /longer than/],
  ]
  for (const [text, reason] of reasons) expect(() => readTemplate(text), text).toThrow(reason)
  expect(namesIn(readTemplate('{{#a}}{{b|date}}{{/a}}{{c}}'))).toEqual(['a', 'b', 'c'])
})

test('knows nothing but its values: not even what every object has', () => {
  expect(write('{{constructor}}{{toString}}{{hasOwnProperty}}', {})).toBe('')
})

test('ends, however long lists and values are', () => {
  const lines = Array.from({ length: 10_000 }, () => ({ a: 'x'.repeat(5000) }))
  const text = write('{{#lines}}{{#lines}}{{a}}{{/lines}}{{/lines}}', { lines })
  expect(text.length).toBe(100_000)
  expect(text.endsWith('…')).toBe(true)
})

test('no value becomes markup, a line, or the other direction of writing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
      const html = write('<p title="{{value}}">{{value}}</p>', { value }, inHtml)
      expect(html).not.toMatch(/[\r\n]/)
      expect(html.replaceAll(/&#\d+;/g, '').match(/[<>"']/g)).toEqual(['<', '"', '"', '>', '<', '>'])
      expect(write('{{value}}', { value })).not.toMatch(/[\r\n\u2028\u202E]/)
    }),
  )
})

test('any text is either refused or written without a fault', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{{', '}}', '#', '/', '^', '|', 'a', 'date', ' ', '\n'), { maxLength: 30 }),
      (parts) => {
        let template: ReturnType<typeof readTemplate>
        try {
          template = readTemplate(parts.join(''))
        } catch (error) {
          expect((error as Error).message).not.toBe('')
          return
        }
        expect(typeof render(template, { a: 'x' }, { reader, escape: onOneLine })).toBe('string')
      },
    ),
  )
})
