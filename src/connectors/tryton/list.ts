import type { DocumentPage, Operation, Reading as Outcome, Reply } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { request, understand } from './protocol.ts'
import { createdMark } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { invalid } from './values.ts'

interface Book {
  readonly model: string
  readonly field: string
  /** Absent: as soon as it carries the reference. */
  readonly states: readonly string[] | undefined
  /** A field, or one of what it belongs to: `sale.number`. */
  readonly number: string
  /** What stands before the reference. */
  readonly mark?: string
  /** A long text, which Tryton would search by the words of a language with `ilike`. */
  readonly isText?: true
}

/** Where postings leave their reference, in which states they are booked, and by which number people know them. */
const books = [
  { model: 'stock.shipment.out', field: 'reference', states: ['done'], number: 'number' },
  { model: 'stock.shipment.in', field: 'reference', states: ['done'], number: 'number' },
  { model: 'stock.inventory', field: 'number', states: ['done'], number: 'number' },
  { model: 'stock.shipment.out.return', field: 'reference', states: ['received', 'done'], number: 'number' },
  { model: 'stock.shipment.in.return', field: 'reference', states: ['done'], number: 'number' },
  { model: 'account.invoice', field: 'reference', states: ['posted', 'paid'], number: 'number' },
  { model: 'account.move', field: 'description', states: ['posted'], number: 'post_number' },
  { model: 'ir.attachment', field: 'name', states: undefined, number: 'id' },
  { model: 'stock.shipment.out', field: 'reference', states: undefined, number: 'number', mark: createdMark },
  { model: 'sale.line', field: 'note', states: undefined, number: 'sale.number', isText: true },
] as const satisfies readonly Book[]

const pageRows = 500

/** What the hub has booked, one kind of document after the other. Changes nothing. */
export const listDocuments: Operation<TrytonSettings> = {
  write: false,
  ask: ({ payload }, settings) => {
    const root = new Reading(payload)
    const { book, after } = cursorOf(root)
    const since = instantValue(root.at('since').text(40))
    const domain = [
      [book.field, book.isText ? 'like' : 'ilike', `%${markOf(book)}${root.at('prefix').text(20)}%`],
      ...(book.states === undefined ? [] : [['state', 'in', book.states]]),
      ['id', '>', after],
      ['OR', [['write_date', '>=', since]], [['create_date', '>=', since]]],
    ]
    const context = { company: settings.company, language: 'en' }
    const fields = [book.field, book.number]
    return request(`model.${book.model}.search_read`, [domain, 0, pageRows, [['id', 'ASC']], fields, context])
  },
  read: (reply, { payload }) => read(reply, new Reading(payload)),
}

function read(reply: Reply, asked: Reading): Outcome {
  const said = understand(reply, false)
  if (said.kind === 'warning') return { outcome: 'refused', reason: said.message }
  if (said.kind === 'ended') return said.reading
  try {
    const { book, index } = cursorOf(asked)
    const rows = said.result.list(pageRows)
    const prefix = asked.at('prefix').text(20)
    const documents = rows.flatMap((row) => {
      const [own = '', of] = book.number.split('.')
      const number = of === undefined ? row.at(own) : row.at(`${own}.`).at(of)
      const documentNumber = number.optionalText(100) ?? row.at('id').text(30)
      const mark = markOf(book)
      return (row.at(book.field).optionalText(5000) ?? '')
        .split(/\s+/)
        .filter((word) => word.startsWith(`${mark}${prefix}`))
        .map((word) => ({ externalReference: word.slice(mark.length), documentNumber }))
    })
    const last = rows.length < pageRows ? undefined : rows.at(-1)?.at('id').text(30)
    const next = last === undefined ? (index + 1 < books.length ? `${index + 1}:0` : undefined) : `${index}:${last}`
    const data: DocumentPage = { documents, ...(next === undefined ? {} : { next }) }
    return { outcome: 'applied', data }
  } catch (error) {
    return { outcome: 'unclear', reason: error instanceof Error ? error.message : 'The list cannot be read.' }
  }
}

function markOf({ mark = '' }: Book): string {
  return mark
}

function cursorOf(payload: Reading): { book: Book; index: number; after: number } {
  const match = /^(\d{1,2}):(\d{1,12})$/.exec(payload.at('cursor').optionalText(50) ?? '0:0')
  const index = Number(match?.[1])
  const book = books[index]
  if (match === null || book === undefined) throw payload.at('cursor').wrong('a cursor of this list')
  return { book, index, after: Number(match[2]) }
}

/** An instant, UTC, as Tryton takes it. */
export function instantValue(text: string): unknown {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?Z$/.exec(text)
  if (match === null) throw invalid('since', 'an instant in UTC')
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number)
  const microsecond = Number((match[7] ?? '').padEnd(6, '0'))
  return { __class__: 'datetime', year, month, day, hour, minute, second, microsecond }
}
