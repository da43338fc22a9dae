import type { Derived, Evolution, Fact } from '../fact.ts'
import { type ExchangeCategory, tellObject } from './exchange-problem.ts'
import type { ReceiptStanding, TransmissionState } from './state.ts'

/**
 * Data of `transmission.receipt_reported`: how the receipt of the transport (the MDN of AS2) stands for a document that left. The transport
 * keeps the deadline, because it knows when the first attempt left and whether the partner gives receipts at all.
 */
export interface ReceiptReport {
  readonly standing: ReceiptStanding | 'confirmed'
  /** How the transport calls the message: the partner knows it by that. */
  readonly messageId: string
  /** What the receipt says, or that there is none. */
  readonly reason: string
}

/** The document hears of its receipt, and the object of what is wrong with it; one that comes late closes that by itself. */
export function receipted(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const report = fact.data as ReceiptReport
  if (state.batch !== undefined) return { state, facts: toMembers(state, fact, report), timers: [] }
  const { document, report: owed, status } = state
  const { standing, messageId, reason } = report
  const isKnown = standing === (state.receipt ?? 'confirmed')
  if (document === undefined || owed === undefined || isKnown) return { state, facts: [], timers: [] }
  const { connection, about } = owed
  const { set, number, interchange } = document
  const common = { transmission: fact.subject, connection }
  const opens = standing === 'confirmed' || status === 'closed' ? undefined : categories[standing]
  const closes = Object.values(categories).filter((one) => one !== opens && state.open.includes(one))
  const left = state.open.filter((one) => !closes.some((category) => category === one))
  const { receipt: _, ...rest } = state
  return {
    state: {
      ...rest,
      open: opens === undefined ? left : [...left, opens],
      ...(standing === 'confirmed' ? {} : { receipt: standing }),
    },
    facts: [
      {
        rule: `receipt-${standing}`,
        type: standing === 'confirmed' ? 'transmission.receipt_confirmed' : 'transmission.receipt_missing',
        data: {
          ...{ connection, set, number, interchange, messageId, reason },
          ...(standing === 'confirmed' ? {} : { standing }),
        },
      },
      ...(opens === undefined ? [] : tellObject(about, { category: opens, isOpen: true, reason, ...common })),
      ...closes.flatMap((category) => tellObject(about, { category, isOpen: false, reason, ...common })),
    ],
    timers: [],
  }
}

/** What left in one interchange has one receipt. */
function toMembers({ batch }: TransmissionState, { type }: Fact, data: ReceiptReport): Derived[] {
  const { members = [] } = batch ?? {}
  return members.map(({ transmission }, index) => ({ rule: `receipt-${index}`, type, subject: transmission, data }))
}

const categories = {
  overdue: 'transport_receipt_overdue',
  refused: 'transport_receipt_refused',
  mismatched: 'transport_receipt_mismatch',
} as const satisfies Readonly<Record<ReceiptStanding, ExchangeCategory>>
