import { describe, expect, test } from 'vitest'
import type { JsonSchema } from './json-schema.ts'
import { type Broken, schemaChanges } from './schema-difference.ts'

const text = { type: 'string' }
const order = (properties: object, more: object = {}): JsonSchema => ({ type: 'object', properties, ...more })

describe('what breaks whom', () => {
  test.each<[string, JsonSchema, JsonSchema, string, string, Broken]>([
    ['a member that is gone', order({ sku: text }), order({}), '/sku', 'is gone', 'readers'],
    [
      'a member that is refused',
      order({ sku: text }, { additionalProperties: false }),
      order({}, { additionalProperties: false }),
      '/sku',
      'is gone',
      'both',
    ],
    ['a new member', order({}), order({ sku: text }), '/sku', 'is new', 'nobody'],
    [
      'a new member named like one of every object',
      order({}),
      order({ constructor: text }),
      '/constructor',
      'is new',
      'nobody',
    ],
    ['a new duty', order({}), order({ sku: text }, { required: ['sku'] }), '/sku', 'is new and required', 'writers'],
    ['a duty', order({ sku: text }), order({ sku: text }, { required: ['sku'] }), '/sku', 'is required now', 'writers'],
    [
      'a freedom',
      order({ sku: text }, { required: ['sku'] }),
      order({ sku: text }),
      '/sku',
      'may be missing now',
      'readers',
    ],
    ['another type', text, { type: 'integer' }, '', 'is integer and was string', 'both'],
    ['a wider type', { type: 'integer' }, { type: 'number' }, '', 'is number and was integer', 'readers'],
    ['a narrower type', { type: ['string', 'null'] }, text, '', 'is string and was string or null', 'writers'],
    ['a value less', { enum: ['EA', 'KG'] }, { enum: ['EA'] }, '', 'the value "KG" is gone', 'writers'],
    ['a value more', { enum: ['EA'] }, { enum: ['EA', 'KG'] }, '', 'the value "KG" is new', 'nobody'],
    ['a list at all', text, { enum: ['EA'] }, '', 'takes only "EA" now', 'writers'],
    [
      'a list no more',
      { anyOf: [{ const: 'EA' }, { const: 'KG' }] },
      text,
      '',
      'takes other values than those listed now',
      'readers',
    ],
    ['another constant', { const: 1 }, { const: 2 }, '', 'is 2 and was 1', 'both'],
    [
      'a tighter limit',
      { ...text, maxLength: 40 },
      { ...text, maxLength: 10 },
      '',
      'maxLength is 10 and was 40',
      'writers',
    ],
    [
      'a wider limit',
      { ...text, maxLength: 10 },
      { ...text, maxLength: 40 },
      '',
      'maxLength is 40 and was 10',
      'readers',
    ],
    [
      'another form',
      { ...text, format: 'date' },
      { ...text, format: 'date-time' },
      '',
      'format is "date-time" and was "date"',
      'both',
    ],
    [
      'one word more',
      { ...text, pattern: '^(a|b)$' },
      { ...text, pattern: '^(a|c|b)$' },
      '',
      'pattern is "^(a|c|b)$" and was "^(a|b)$"',
      'readers',
    ],
    [
      'another pattern',
      { ...text, pattern: '^(a|b)$' },
      { ...text, pattern: '^(a|c)$' },
      '',
      'pattern is "^(a|c)$" and was "^(a|b)$"',
      'both',
    ],
    [
      'a keyword unheard of',
      text,
      { ...text, contentEncoding: 'base64' },
      '',
      'contentEncoding is another, which nobody here can judge',
      'both',
    ],
  ])('%s', (_, before, after, path, reason, breaks) => {
    expect(schemaChanges(before, after)).toEqual([{ path, reason, breaks }])
  })

  test('is said at its place, however deep', () => {
    const lines = (quantity: object): JsonSchema => order({ lines: { type: 'array', items: order({ quantity }) } })
    expect(schemaChanges(lines(text), lines({ type: 'number' }))).toEqual([
      { path: '/lines/*/quantity', reason: 'is number and was string', breaks: 'both' },
    ])
  })

  test('of several forms: one less breaks who writes it, one more who reads it, and their order says nothing', () => {
    const [a, b, c] = [order({ kind: { const: 'a' } }, { required: ['kind'] }), text, { type: 'null' }]
    expect(schemaChanges({ anyOf: [a, b] }, { anyOf: [b, a] })).toEqual([])
    expect(schemaChanges(b, { anyOf: [b, c] })).toEqual([
      { path: '', reason: 'the form {"type":"null"} is new', breaks: 'readers' },
    ])
    expect(schemaChanges({ anyOf: [b, c] }, b).map(({ breaks }) => breaks)).toEqual(['writers'])
    expect(schemaChanges({ anyOf: [a, b] }, { anyOf: [b, a, c] }).map(({ breaks }) => breaks)).toEqual(['readers'])
    expect(schemaChanges({ anyOf: [a, b, c] }, { anyOf: [a, b] }).map(({ breaks }) => breaks)).toEqual(['writers'])
  })

  test('a member that is named like a keyword is a member', () => {
    expect(schemaChanges(order({ title: text, type: text }), order({ type: text }))).toEqual([
      { path: '/title', reason: 'is gone', breaks: 'readers' },
    ])
  })
})

test('what a schema takes back breaks one side exactly where the other direction breaks the other', () => {
  const pairs: [JsonSchema, JsonSchema][] = [
    [order({ a: text }, { required: ['a'] }), order({ a: text })],
    [
      { ...text, minLength: 2 },
      { ...text, minLength: 1 },
    ],
    [{ type: 'integer' }, { type: ['integer', 'null'] }],
  ]
  for (const [one, other] of pairs) {
    expect(schemaChanges(one, other).map(({ breaks }) => breaks)).toEqual(['readers'])
    expect(schemaChanges(other, one).map(({ breaks }) => breaks)).toEqual(['writers'])
  }
})
