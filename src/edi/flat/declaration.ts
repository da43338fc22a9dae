import { type Static, Type } from 'typebox'
import { encodings } from './encoding.ts'

const name = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$', description: 'Name in documents, camelCase.' })
const recordName = Type.String({ pattern: '^[A-Z][A-Z0-9]{0,15}$', description: 'Upper case letters and digits.' })
const character = { minLength: 0, maxLength: 1 }
function count(description: string, minimum = 0, maximum = 1_000_000) {
  return Type.Integer({ minimum, maximum, description })
}

function oneOf<const T extends string[]>(values: readonly [...T], description: string) {
  return Type.Enum([...values], { description })
}

/** One value: its column by name or number, or all that can be said of it. */
const field = Type.Union([
  Type.String({ maxLength: 100, description: 'Name of the column.' }),
  Type.Integer({ minimum: 1, maximum: 2000, description: 'Number of the column, from 1.' }),
  Type.Object(
    {
      column: Type.Optional(
        Type.Union(
          [
            Type.String({ maxLength: 100 }),
            Type.Integer({ minimum: 1, maximum: 2000 }),
            Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 20 }),
          ],
          { description: 'Name, number, or several names of which the first is written.' },
        ),
      ),
      at: Type.Optional(count('First position in a fixed line, from 1.', 1)),
      length: Type.Optional(count('Width in a fixed line.', 1, 10_000)),
      type: Type.Optional(oneOf(['text', 'number', 'date', 'flag'], 'What it is; text where nothing is said.')),
      format: Type.Optional(Type.String({ maxLength: 40, description: 'Of a date or time, like DD.MM.YYYY HH:mm.' })),
      time: Type.Optional(Type.String({ maxLength: 40, description: 'Field that has the time of this date.' })),
      decimals: Type.Optional(count('Decimals that are written.', 0, 20)),
      implied: Type.Optional(Type.Boolean({ description: 'The decimal mark is not written.' })),
      sign: Type.Optional(oneOf(['leading', 'trailing', 'overpunch'], 'Where the sign of a number stands.')),
      required: Type.Optional(Type.Boolean({ description: 'Must have a value.' })),
      longest: Type.Optional(count('Most characters.', 1, 100_000)),
      shortest: Type.Optional(count('Fewest characters, where there is a value.', 1, 100_000)),
      codes: Type.Optional(
        Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 60 }), {
          maxProperties: 1000,
          description: 'The code in the file and what it means here.',
        }),
      ),
      otherCodes: Type.Optional(oneOf(['fault', 'keep'], 'Codes that are not listed: a fault, or kept word for word.')),
      constant: Type.Optional(Type.String({ maxLength: 100, description: 'Must stand there, and is written.' })),
      value: Type.Optional(Type.String({ maxLength: 200, description: 'Not in the file: what it is all the same.' })),
      pad: Type.Optional(Type.String({ minLength: 1, maxLength: 1, description: 'What fills a fixed field up.' })),
      align: Type.Optional(oneOf(['left', 'right'], 'Where the value stands in a fixed field.')),
      counts: Type.Optional(
        Type.Union([Type.String({ maxLength: 16 }), Type.Array(recordName, { maxItems: 50 })], {
          description: 'In a trailer: how many records of these kinds there are; * is all kinds.',
        }),
      ),
      sums: Type.Optional(Type.String({ maxLength: 80, description: 'In a trailer: RECORD.field that is summed.' })),
    },
    { additionalProperties: false },
  ),
])

const fields = Type.Record(name, field, { maxProperties: 500, description: 'Values by their name in documents.' })

const record = Type.Object(
  {
    tag: Type.Optional(
      Type.Union([
        Type.String({
          minLength: 1,
          maxLength: 40,
          description: 'Text of the first column, or the begin of the line.',
        }),
        Type.Object(
          { at: count('Column or position, from 1.', 1), is: Type.String({ minLength: 1, maxLength: 40 }) },
          { additionalProperties: false },
        ),
      ]),
    ),
    parent: Type.Optional(recordName),
    min: Type.Optional(count('Fewest below one parent.')),
    max: Type.Optional(count('Most below one parent.')),
    fields: Type.Optional(fields),
  },
  { additionalProperties: false, description: 'One kind of record. One kind may have no tag: all other rows.' },
)

/** A flat file as a person writes it down. */
export const flatDeclaration = Type.Object(
  {
    format: Type.Optional(oneOf(['csv', 'fixed'], 'Cells behind delimiters, or fixed positions.')),
    encoding: Type.Optional(oneOf(encodings, 'How characters are written; a byte order mark in a file wins.')),
    lineEnd: Type.Optional(oneOf(['lf', 'crlf'], 'Line ends that are written; both are read.')),
    byteOrderMark: Type.Optional(Type.Boolean({ description: 'Whether one is written.' })),
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 5, description: 'Between cells.' })),
    quote: Type.Optional(Type.String({ ...character, description: 'Around cells; empty: never.' })),
    escape: Type.Optional(
      Type.String({ ...character, description: 'Before a quote in a cell; mostly the quote itself.' }),
    ),
    quoting: Type.Optional(oneOf(['needed', 'always'], 'Which cells are quoted when a file is written.')),
    header: Type.Optional(Type.Boolean({ description: 'Whether the first line names the columns.' })),
    comment: Type.Optional(Type.String({ maxLength: 10, description: 'Lines that begin with it are skipped.' })),
    skipLines: Type.Optional(count('Lines before everything else that say nothing.', 0, 1000)),
    ragged: Type.Optional(Type.Boolean({ description: 'Rows may be shorter or longer than the others.' })),
    trim: Type.Optional(Type.Boolean({ description: 'Blanks around values are none.' })),
    unit: Type.Optional(oneOf(['characters', 'bytes'], 'What positions of fixed lines count.')),
    lineLength: Type.Optional(count('Length of every fixed line.', 1, 100_000)),
    lineEnds: Type.Optional(Type.Boolean({ description: 'False: fixed lines follow each other without line ends.' })),
    decimalMark: Type.Optional(oneOf(['.', ','], 'In numbers.')),
    thousandsMark: Type.Optional(Type.String({ ...character, description: 'In numbers; empty: none.' })),
    dates: Type.Optional(Type.String({ maxLength: 40, description: 'Format of dates that declare none.' })),
    fields: Type.Optional(fields),
    group: Type.Optional(Type.Array(name, { maxItems: 10, description: 'Rows with equal values are one document.' })),
    once: Type.Optional(
      Type.Array(name, { maxItems: 500, description: 'Fields that say the same in all rows of one document.' }),
    ),
    records: Type.Optional(Type.Record(recordName, record, { maxProperties: 50 })),
    document: Type.Optional(recordName),
  },
  { additionalProperties: false, description: 'How a flat file of a partner looks.' },
)

/** What a person wrote down of a file, a field, a record. */
export type FlatDeclaration = Static<typeof flatDeclaration>
/** A field in its short form or its long one. */
export type FieldDeclaration = Static<typeof field>
/** What a schema says of one kind of row. */
export type RecordDeclaration = Static<typeof record>
/** All that can be said of a field. */
export type FieldWords = Extract<FieldDeclaration, object>

/** What is said of a field, whichever short form it has. */
export function wordsOf(declared: FieldDeclaration | undefined): FieldWords {
  if (declared === undefined) return {}
  return typeof declared === 'object' ? declared : { column: declared }
}
