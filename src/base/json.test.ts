import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlineError } from './errors.ts'
import { type JsonLimits, readJson, unsupportedCharacter } from './json.ts'
import { limits } from './limits.ts'

const encoder = new TextEncoder()

function read(text: string, bounds: Partial<JsonLimits> = {}): unknown {
  return readJson(encoder.encode(text), { ...limits, ...bounds })
}

function failure(body: string | Uint8Array, bounds: Partial<JsonLimits> = {}): InterlineError {
  try {
    readJson(typeof body === 'string' ? encoder.encode(body) : body, { ...limits, ...bounds })
  } catch (error) {
    if (error instanceof InterlineError) return error
    throw error
  }
  throw new Error('was accepted')
}

/** As an ordinary document would be, with numbers as their text. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

describe('a document of a partner', () => {
  test('keeps numbers as they were written', () => {
    const text = '[12345678901234567890, 1.10, -0, 0.30000000000000004, 1E400, -1.5e-7, 0]'
    expect(read(text)).toEqual(['12345678901234567890', '1.10', '-0', '0.30000000000000004', '1E400', '-1.5e-7', '0'])
  })

  test('reads all kinds of values, white space and escapes', () => {
    expect(
      plain(
        read(' {"a" : [true,\tfalse,\r\nnull], "b":{"c":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE9A"}, "":""} '),
      ),
    ).toEqual({
      a: [true, false, null],
      b: { c: '"\\/\b\f\n\r\té🚚' },
      '': '',
    })
  })

  test('takes a single value, and brackets inside strings for text', () => {
    expect(read('"}]{["')).toBe('}]{[')
    expect(read('7')).toBe('7')
    expect(read('null')).toBeNull()
  })

  test('gives objects that inherit nothing', () => {
    const found = read('{"a":{"toString":1}}') as { a: object }
    const inherited: string[] = []
    for (let one: object | null = Object.getPrototypeOf(found); one !== null; one = Object.getPrototypeOf(one))
      inherited.push(...Object.getOwnPropertyNames(one))
    expect(inherited).toEqual([])
    expect(Object.isFrozen(Object.getPrototypeOf(found))).toBe(true)
    expect('constructor' in found).toBe(false)
    expect(Object.keys(found.a)).toEqual(['toString'])
  })

  test('means the same as any other reader, numbers aside', () => {
    const document = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(
          fc.string({ unit: 'grapheme' }).filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
          tie('value'),
          { maxKeys: 5 },
        ),
      ),
    })).value
    fc.assert(
      fc.property(document, fc.integer({ min: 0, max: 3 }), (value, indent) => {
        expect(plain(read(JSON.stringify(value, null, indent)))).toEqual(plain(value))
      }),
    )
  })

  test('is accepted or refused exactly as RFC 8259 says, whatever the bytes', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '.5',
      '0',
      'e1',
      'true',
      'null',
      ' ',
      '"\\',
      'u0041',
      '\n',
      '"',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        expect(outcome(text)).toBe(isJson(text) ? 'read' : 'JSON_MALFORMED')
      }),
      { numRuns: 3000 },
    )
  })

  test('never fails otherwise than with an error of the table', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readJson(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(InterlineError)
        }
      }),
    )
  })
})

function outcome(text: string): string {
  try {
    read(text)
    return 'read'
  } catch (error) {
    return error instanceof InterlineError ? error.code : String(error)
  }
}

/** Any other reader, and no key twice: that one is ours alone. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
  } catch {
    return false
  }
  return !hasRepeatedKey(text)
}

function hasRepeatedKey(text: string): boolean {
  let repeated = false
  // The pieces know two keys only, so counting them per brace level is enough.
  const open: string[][] = []
  for (const [token] of text.matchAll(/[{}[\]]|"(?:[^"\\]|\\.)*"(?=\s*:)/g)) {
    if (token === '{' || token === '[') open.push([])
    else if (token === '}' || token === ']') open.pop()
    else if (open.at(-1)?.includes(token) === true) repeated = true
    else open.at(-1)?.push(token)
  }
  return repeated
}

describe('a document that is not understood', () => {
  test.each([
    ['', 0],
    [' ', 1],
    ['{', 1],
    ['[1,]', 3],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ["{'a':1}", 1],
    ['[1 2]', 3],
    ['[1]x', 3],
    ['tru', 0],
    ['nul', 0],
    ['NaN', 0],
    ['+1', 0],
    ['01', 1],
    ['1.', 2],
    ['.5', 0],
    ['1e', 2],
    ['-', 1],
    ['"a', 0],
    ['"\t"', 1],
    ['"\\x41"', 1],
    ['"\\u12G4"', 1],
    ['"\\', 1],
    ['/* */1', 0],
    ['\ufeff{}', 0],
    ['["ü", ]', 7],
  ])('%s is refused at byte %i', (text, position) => {
    const { code, values } = failure(text)
    expect({ code, position: values.position }).toEqual({ code: 'JSON_MALFORMED', position })
  })

  test.each([
    [[0x22, 0xff, 0x22], 1],
    [[0x22, 0xc3, 0xa4, 0xc0, 0xaf, 0x22], 3],
    [[0x22, 0xef, 0xbf, 0xbd, 0xed, 0xa0, 0x80, 0x22], 4],
    [[0x22, 0xe2, 0x82], 1],
  ])('bytes %j, which are not UTF-8, are refused at byte %i', (bytes, position) => {
    expect(failure(Uint8Array.from(bytes)).values).toEqual({ position, found: 'a byte that is not UTF-8' })
  })

  test.each(['{"a":1,"a":1}', '{"a":1,"b":{},"\\u0061":2}'])('the same key twice is refused: %s', (text) => {
    expect(failure(text).message).toContain('the key "a" twice')
  })

  test.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'con\\u0073tructor'])(
    'the key %s is refused at any depth',
    (key) => {
      expect(failure(`[{"a":{"${key}":{}}}]`).message).toContain('not accepted')
    },
  )
})

describe('a document past a limit', () => {
  test('is refused one level, value, key or character too far, and accepted before it', () => {
    const bounds = { jsonDepth: 3, jsonValues: 5, jsonKeys: 2, jsonStringBytes: 4, jsonNumberCharacters: 6 }
    const fits = ['[[[1]]]', '[1,2,3,4]', '{"a":1,"b":2}', '"abcd"', '-1.5e6']
    const tooMuch = [
      '[[[[1]]]]',
      '[1,2,3,4,5]',
      '{"a":1,"b":2,"c":3}',
      '"abcde"',
      '-1.5e66',
      '"\\u0061bcde"',
      '{"abcde":1}',
    ]
    for (const text of fits) expect(outcomeOf(text, bounds)).toBe('read')
    expect(tooMuch.map((text) => failure(text, bounds).code)).toEqual([
      'JSON_TOO_DEEP',
      ...Array.from({ length: 6 }, () => 'JSON_TOO_LARGE'),
    ])
  })

  test('has not exhausted the stack by then', () => {
    const { code } = failure('['.repeat(2_000_000))
    expect(code).toBe('JSON_TOO_DEEP')
    expect(plain(read(`${'['.repeat(64)}${']'.repeat(64)}`))).toBeDefined()
  })
})

function outcomeOf(text: string, bounds: JsonLimits): string {
  readJson(encoder.encode(text), bounds)
  return 'read'
}

describe('text that no database takes', () => {
  test('is read, and found with its place before it becomes canonical', () => {
    expect(unsupportedCharacter(read('{"a":[{"b":"x\\u0000"}]}'))).toBe('a[0].b')
    expect(unsupportedCharacter(read('{"a":["ok","\\ud800"]}'))).toBe('a[1]')
    expect(unsupportedCharacter(read('{"a":{"b\\u0000":1}}'))).toBe('a')
  })

  test('is not found where there is none', () => {
    expect(unsupportedCharacter(read('{"a":["\\ud83d\\ude9a", 1, null, true]}'))).toBeUndefined()
  })
})
