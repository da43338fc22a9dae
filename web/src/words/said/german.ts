import { codeWords } from '../codes.ts'
import { translation } from '../forms.ts'
import { germanBranches } from './branches-de.ts'
import { germanCarrierCourse } from './carrier-course-de.ts'
import { germanClaimCourse } from './claim-course-de.ts'
import { germanDeliveryCourse } from './delivery-course-de.ts'
import { germanExceptions } from './exceptions-de.ts'
import { germanFreightCourse } from './freight-course-de.ts'
import { germanFreight } from './freight-de.ts'
import { germanInvoiceCourse } from './invoice-course-de.ts'
import { germanOrderCourse } from './order-course-de.ts'
import { germanOrders } from './orders-de.ts'
import { germanParked } from './parked-de.ts'
import { germanReceiptCourse } from './receipt-course-de.ts'
import { germanReceipts } from './receipts-de.ts'
import { germanReturnCourse } from './return-course-de.ts'
import { germanReturnsAndInvoices } from './returns-and-invoices-de.ts'
import { germanStockAndCarriers } from './stock-and-carriers-de.ts'

/** Every sentence that the hub says to its own people, in German, by what it says in English; a test compares with its sources. */
export const german: Readonly<Record<string, string>> = {
  ...germanBranches,
  ...germanCarrierCourse,
  ...germanClaimCourse,
  ...germanDeliveryCourse,
  ...germanFreightCourse,
  ...germanInvoiceCourse,
  ...germanOrderCourse,
  ...germanReceiptCourse,
  ...germanReturnCourse,
  ...germanExceptions,
  ...germanFreight,
  ...germanOrders,
  ...germanParked,
  ...germanReceipts,
  ...germanReturnsAndInvoices,
  ...germanStockAndCarriers,
}

/** What is found there is a code of the hub, written as it is or with spaces. */
const codes: ReadonlySet<string> = new Set(
  'against answer branch cause command kind process state status type words'.split(' '),
)
const things = ['item', 'unit of measure', 'place', 'party', 'carrier', 'service of a carrier']
/** What a receipt of the transport says, and kinds of things that have codes. */
const closed = {
  codedNames: things,
  what: things,
  outcome: [
    'has no receipt in time',
    'has no receipt',
    'was refused by the receipt of the partner',
    'arrived as other bytes than were sent, says its receipt',
  ],
}

const one = translation(german, {
  closed,
  value: (name, found) => {
    const said = inGerman(found)
    return said === found && codes.has(name) ? codeOf(found) : said
  },
})

/**
 * What the hub says to its own people in German: a sentence, several of them, or a list with semicolons. What is not known here stays
 * as the hub says it.
 */
export function inGerman(said: string): string {
  const listed = said.split('; ')
  const parts = listed.map(one)
  if (listed.length > 1 && parts.every((part, at) => part !== listed[at])) return parts.join('; ')
  const whole = one(said)
  if (whole !== said) return whole
  return inSentences(said)
}

/** The longest run of sentences that is known, then the next: some of them are two sentences. */
function inSentences(said: string): string {
  const sentences = said.split(/(?<=[.?!]) (?=\p{Lu})/u)
  const made: string[] = []
  for (let from = 0; from < sentences.length; ) {
    let to = sentences.length
    let text = sentences.slice(from, to).join(' ')
    while (to > from + 1 && one(text) === text) {
      to--
      text = sentences.slice(from, to).join(' ')
    }
    made.push(one(text))
    from = to
  }
  return made.join(' ')
}

function codeOf(found: string): string {
  const words = codeWords['de'] ?? {}
  return words[found] ?? words[found.replaceAll(' ', '_')] ?? words[found.replaceAll(' ', '-')] ?? found
}
