import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CorrectionCharset, charsetOf, correctedBytes, correctionCharsets, textIn } from './corrected-text.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const of = (body: Uint8Array, contentType = 'text/plain') => charsetOf({ body, contentType })
const edifact = (syntax: string, rest = '') => latin1(`UNB+${syntax}:3+A+B+260301:0800+1'${rest}`)

test('a message that is UTF-8 stays so, whatever it declares; one of plain letters goes by what it declares', () => {
  expect(of(ascii('{"city":"Köln"}'))).toBe('utf-8')
  expect(of(ascii('Köln'), 'text/plain; charset=iso-8859-1')).toBe('utf-8')
  expect(of(ascii('Koeln'))).toBe('utf-8')
  expect(of(ascii('Koeln'), 'text/plain; charset="ISO-8859-15"')).toBe('iso-8859-15')
  expect(of(edifact('UNOC'))).toBe('iso-8859-1')
  expect(of(edifact('UNOW'))).toBe('utf-8')
  expect(of(ascii('<?xml version="1.0" encoding="windows-1250"?><a/>'))).toBe('windows-1250')
})

test('a message that is no UTF-8 goes by its mark, its envelope or its declaration, and by nothing else', () => {
  expect(of(edifact('UNOD', "NAD+BY+++\u00a3'"))).toBe('iso-8859-2')
  expect(of(latin1('K\u00f6ln'), 'text/csv; charset=iso-8859-1')).toBe('iso-8859-1')
  expect(of(latin1('K\u00f6ln'), 'text/csv; charset=utf-8')).toBe('windows-1252')
  expect(of(latin1('K\u00f6ln'), 'text/csv; charset=klingon')).toBe('windows-1252')
  expect(of(Uint8Array.of(0xff, 0xfe, 0x4b, 0))).toBe('utf-16le')
  expect(of(Uint8Array.of(0xfe, 0xff, 0, 0x4b))).toBe('utf-16be')
})

test('what nobody changes is written byte for byte as it came, in every character set and with its mark', () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  for (const charset of ['iso-8859-1', 'iso-8859-2', 'iso-8859-9', 'iso-8859-15', 'windows-1252'] as const)
    expect(correctedBytes(textIn(every, charset), charset, every)).toEqual(every)
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.constantFrom<CorrectionCharset>(...bytewise), (body, charset) => {
      fc.pre(!textIn(body, charset).includes('\ufffd'))
      expect(correctedBytes(textIn(body, charset), charset, body)).toEqual(body)
    }),
  )
  const marked = Uint8Array.of(0xff, 0xfe, 0x4b, 0, 0xf6, 0)
  expect(textIn(marked, 'utf-16le')).toBe('Kö')
  expect(correctedBytes('Kö', 'utf-16le', marked)).toEqual(marked)
  const bom = Uint8Array.of(0xef, 0xbb, 0xbf, 0x4b)
  expect(correctedBytes(textIn(bom, 'utf-8'), 'utf-8', bom)).toEqual(bom)
})

const bytewise = correctionCharsets.filter((one) => !one.startsWith('utf')) as readonly CorrectionCharset[]

test('a correction has its own letters in the set of the original; one that the set does not have is named with its line', () => {
  expect([...correctedBytes('Köln', 'iso-8859-1', latin1('K'))]).toEqual([0x4b, 0xf6, 0x6c, 0x6e])
  expect([...correctedBytes('5 €', 'iso-8859-15', latin1('5'))]).toEqual([0x35, 0x20, 0xa4])
  expect(() => correctedBytes('a\nb\n5 €', 'iso-8859-1', latin1('5'))).toThrow(
    expect.objectContaining({
      code: 'CORRECTION_UNWRITABLE',
      message: 'Line 3 of the corrected text has the character € (U+20AC), which iso-8859-1 does not have.',
    }) as Error,
  )
})
