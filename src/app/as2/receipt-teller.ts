import { createHash } from 'node:crypto'
import { writeInstant } from '../../base/instant.ts'
import type { Intake } from '../../flow/intake/intake.ts'
import { deskArrival } from '../../flow/stewardship/desk.ts'
import type { Assertion } from '../../model/fact.ts'
import type { ReceiptReport } from '../../model/transmission/transport-receipt.ts'
import type { As2SentMessages, ReceiptNews } from '../../registry/as2-sent.ts'
import type { As2Partner } from './as2-partner.ts'

/** Messages that were sent, and where what became of them is told. */
export interface ReceiptTellerOptions {
  readonly sent: Pick<As2SentMessages, 'news' | 'told'>
  readonly partners: () => readonly As2Partner[]
  readonly intake: Pick<Intake, 'accept'>
  readonly partitions: number
}

/**
 * Tells documents what is wrong with the receipts of the messages that carry them, and when one comes after all. It is told by the inbox,
 * under an identity that follows from the message and its deadline: a crash between telling and keeping that it was told doubles nothing.
 */
export class ReceiptTeller {
  readonly #options: ReceiptTellerOptions

  constructor(options: ReceiptTellerOptions) {
    this.#options = options
  }

  /** Answers whether there may be more. */
  async round(): Promise<boolean> {
    const { sent, partners, intake, partitions } = this.#options
    const news = await sent.news(batch)
    for (const one of news) {
      const tenant = partners().find(({ connection: { id } }) => id === one.connection)?.connection.tenant
      // A partner that is no longer declared has no documents that anybody waits for.
      if (tenant !== undefined) {
        const identity = `as2-receipt:${one.messageId}:${one.standing}:${one.due}`
        const trace = createHash('sha256').update(identity).digest('hex').slice(0, 32)
        await intake.accept(deskArrival([assertionOf(one)], { tenant, identity, trace, partitions }))
      }
      await sent.told(one)
    }
    return news.length === batch
  }
}

function assertionOf(one: ReceiptNews): Assertion<ReceiptReport> {
  const { document, standing, messageId } = one
  return {
    type: 'transmission.receipt_reported',
    about: {
      entity: 'transmission',
      references: [{ scheme: 'transmission', value: document }],
      unknown: 'create',
    },
    data: { standing, messageId, reason: reasonOf(one) },
  }
}

function reasonOf({ standing, said, due, messageId }: ReceiptNews): string {
  if (standing === 'overdue') return `No receipt for ${messageId} by ${writeInstant(due)}.`
  return `The receipt for ${messageId} says: ${said}`.slice(0, 500)
}

const batch = 100
