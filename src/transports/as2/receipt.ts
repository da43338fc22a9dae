import { writeAs2Name } from './as2-name.ts'
import { type Disposition, writeDisposition } from './disposition.ts'
import { type Mic, writeMic } from './mic.ts'
import { type WrittenEntity, wholeOf, writeEntity, writtenEntity } from './mime/entity.ts'
import { writeMultipart } from './mime/multipart.ts'
import type { Protection } from './protection.ts'
import { newBoundary, signedEntity } from './wrap.ts'

/** What a receipt (MDN, RFC 4130 §7, RFC 8098) says. */
export interface Receipt {
  /** Who received the message and writes this. */
  readonly from: string
  /** Who sent the message. */
  readonly to: string
  /** Exactly as it came. */
  readonly originalMessageId: string
  readonly originalRecipient: string
  readonly disposition: Disposition
  readonly mic?: Mic
  readonly spelling: 'new' | 'old'
  /** For people; never why a decryption failed. */
  readonly text: string
}

/** What belongs to one sending of a receipt. */
export interface ReceiptEnvelope {
  readonly messageId: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly product: string
  /** Absent: unsigned. */
  readonly sign?: NonNullable<Protection['sign']>
}

/** A receipt ready to leave: exactly these bytes are kept, and given again to whoever asks again. */
export interface SealedReceipt {
  readonly fields: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Writes a receipt, signed or not. */
export function sealReceipt(receipt: Receipt, { messageId, at, product, sign }: ReceiptEnvelope): SealedReceipt {
  const report = reportOf(receipt, product)
  const { fields, content } = sign === undefined ? report : signedEntity(wholeOf(report), sign)
  return {
    fields: {
      'AS2-From': writeAs2Name(receipt.from),
      'AS2-To': writeAs2Name(receipt.to),
      'AS2-Version': '1.2',
      'Message-ID': messageId,
      Date: new Date(at).toUTCString(),
      Subject: 'Message Disposition Notification',
      ...fields,
    },
    body: Buffer.concat(content),
  }
}

function reportOf(receipt: Receipt, product: string): WrittenEntity {
  const { disposition, mic, originalMessageId, originalRecipient, from } = receipt
  const lines = [
    `Reporting-UA: ${product}`,
    `Original-Recipient: rfc822; ${writeAs2Name(originalRecipient)}`,
    `Final-Recipient: rfc822; ${writeAs2Name(from)}`,
    `Original-Message-ID: ${originalMessageId}`,
    `Disposition: ${writeDisposition(disposition)}`,
    ...(mic === undefined ? [] : [`Received-Content-MIC: ${writeMic(mic, receipt.spelling)}`]),
  ]
  const forPeople = writeEntity(
    { 'Content-Type': 'text/plain; charset=us-ascii', 'Content-Transfer-Encoding': '7bit' },
    Buffer.from(`${receipt.text.replaceAll(/[^ -~\n]/g, '?').replaceAll('\n', '\r\n')}\r\n`, 'latin1'),
  )
  const forMachines = writeEntity(
    { 'Content-Type': 'message/disposition-notification', 'Content-Transfer-Encoding': '7bit' },
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
  )
  const boundary = newBoundary()
  return writtenEntity(
    { 'Content-Type': `multipart/report; report-type=disposition-notification; boundary="${boundary}"` },
    writeMultipart([[forPeople], [forMachines]], boundary),
  )
}
