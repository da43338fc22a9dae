import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAs2Name, readAs2Name, writeAs2Name } from '../as2-name.ts'
import { canonicalLines } from './canonical.ts'
import { readContentType } from './content-type.ts'
import { fieldOf, readEntity } from './entity.ts'
import { readMultipart, writeMultipart } from './multipart.ts'
import { decodeTransfer, encodeBase64 } from './transfer-encoding.ts'

test('parts come back to the byte, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 5 }), (parts) => {
      const read = readMultipart(
        Buffer.concat(
          writeMultipart(
            parts.map((one) => [one]),
            '=_x1',
          ),
        ),
        '=_x1',
      )
      expect(read.map((one) => one.toString('hex'))).toEqual(parts.map((one) => Buffer.from(one).toString('hex')))
    }),
  )
})

test('a longer boundary is not taken for a shorter one; a preamble is skipped; nothing may follow', () => {
  const text = 'before\r\n--ab\r\n\r\none --ab\r\n--abc\r\n\r\n--ab \r\ntwo\r\n--ab--\r\n'
  expect(readMultipart(Buffer.from(text), 'ab').map(String)).toEqual(['\r\none --ab\r\n--abc\r\n', 'two'])
  expect(() => readMultipart(Buffer.from(`${text}more`), 'ab')).toThrow('follows')
  expect(() => readMultipart(Buffer.from('--ab\r\n\r\nopen'), 'ab')).toThrow('last delimiter')
  expect(() => readMultipart(Buffer.from(`${'--ab\r\n\r\n'.repeat(200)}--ab--`), 'ab')).toThrow('100 parts')
})

test('headers are unfolded; twice is refused where once is meant; no header is no message', () => {
  const { fields, content } = readEntity(
    Buffer.from('Content-Type: multipart/signed;\r\n\tboundary="a b"\nX: 1\nx: 2\n\nbody'),
  )
  expect(readContentType(fieldOf(fields, 'content-type') ?? '')).toEqual({
    type: 'multipart/signed',
    parameters: { boundary: 'a b' },
  })
  expect(content.toString()).toBe('body')
  expect(() => fieldOf(fields, 'x')).toThrow('twice')
  for (const text of [
    '',
    'no header at all',
    ' folded: first\n\n',
    'a b: c\n\n',
    `${'a: b\n'.repeat(101)}\n`,
    `a: ${'b'.repeat(70_000)}\n\n`,
  ])
    expect(() => readEntity(Buffer.from(text)), text.slice(0, 20)).toThrow()
})

test('line ends are made those of mail, once', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a\r\n]{0,40}$/), (text) => {
      const canonical = canonicalLines(Buffer.from(text)).toString()
      expect(canonical).toBe(text.replaceAll(/(?<!\r)\n/g, '\r\n'))
      expect(canonicalLines(Buffer.from(canonical)).toString()).toBe(canonical)
    }),
  )
})

test('base64 and quoted-printable are read, others are refused', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
  expect(decodeTransfer(encodeBase64(bytes), 'BASE64').equals(bytes)).toBe(true)
  expect(
    encodeBase64(bytes)
      .toString()
      .split('\r\n')
      .every((line) => line.length <= 76),
  ).toBe(true)
  expect(decodeTransfer(Buffer.from('a=3Db=\r\nc =E9 \r\n'), 'quoted-printable').toString('latin1')).toBe(
    'a=bc \u00e9\r\n',
  )
  expect(decodeTransfer(bytes, undefined)).toBe(bytes)
  expect(() => decodeTransfer(bytes, 'uuencode')).toThrow('not known')
  expect(() => decodeTransfer(Buffer.from('a*b'), 'base64')).toThrow('not base64')
})

test('names keep their case and their quotes', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 128 }), (name) => {
      fc.pre(isAs2Name(name))
      expect(readAs2Name(writeAs2Name(name))).toBe(name)
    }),
  )
  expect(readAs2Name('"Hub"')).toBe('Hub')
  for (const wrong of ['', '"', '"a', 'a"b', 'ä', 'a\tb', 'a'.repeat(129), String.raw`"a\b"`])
    expect(readAs2Name(wrong), wrong).toBeUndefined()
})
