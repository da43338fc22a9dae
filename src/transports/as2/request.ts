import { readAs2Name } from './as2-name.ts'
import { As2Failure } from './failure.ts'
import { readParameters } from './mime/content-type.ts'
import { type EntityOf, type Field, fieldOf } from './mime/entity.ts'

/** A message as it came over HTTP. */
export interface As2Request<B = Buffer> {
  readonly from: string
  readonly to: string
  /** Exactly as it was written. */
  readonly messageId: string
  readonly entity: EntityOf<B>
  /** Absent: no receipt is asked for. */
  readonly receipt?: ReceiptWanted
}

/** The receipt that the sender of a message asks for. */
export interface ReceiptWanted {
  readonly signed: boolean
  /** In the order in which the sender likes them. */
  readonly digests: readonly string[]
  /** Where an asynchronous one goes; somebody else's text. */
  readonly url?: string
}

/** Reads names, identifier and wishes. Throws an As2Failure when it is no AS2 message at all. */
export function readAs2Request<B>(fields: readonly Field[], body: B): As2Request<B> {
  try {
    const from = readAs2Name(fieldOf(fields, 'as2-from') ?? '')
    const to = readAs2Name(fieldOf(fields, 'as2-to') ?? '')
    if (from === undefined || to === undefined)
      throw new As2Failure('unexpected-processing-error', 'AS2-From or AS2-To is missing or malformed')
    const version = fieldOf(fields, 'as2-version') ?? '1.0'
    if (!/^1\.\d+$/.test(version)) throw new As2Failure('unexpected-processing-error', 'an AS2-Version other than 1.x')
    const messageId = fieldOf(fields, 'message-id') ?? ''
    // Some products write the names of both sides into it, blanks and quotes included; it is only ever compared and given back.
    if (!/^[!-~](?:[ -~]{0,996}[!-~])?$/.test(messageId))
      throw new As2Failure('invalid-message-id', 'missing, long or beyond ASCII')
    const wanted = receiptOf(fields)
    const own = fields.filter(
      ({ name }) => name.toLowerCase().startsWith('content-') && name.toLowerCase() !== 'content-length',
    )
    const entity = { fields: own, content: body, whole: body }
    return { from, to, messageId, entity, ...(wanted === undefined ? {} : { receipt: wanted }) }
  } catch (error) {
    if (error instanceof As2Failure) throw error
    throw new As2Failure('unexpected-processing-error', error instanceof Error ? error.message : String(error), error)
  }
}

function receiptOf(fields: readonly Field[]): ReceiptWanted | undefined {
  if (fieldOf(fields, 'disposition-notification-to') === undefined) return undefined
  const options = readOptions(fieldOf(fields, 'disposition-notification-options') ?? '')
  const url = fieldOf(fields, 'receipt-delivery-option')
  return {
    signed: options['signed-receipt-protocol']?.some((one) => /^(?:x-)?pkcs7-signature$/.test(one)) === true,
    digests: options['signed-receipt-micalg'] ?? [],
    ...(url === undefined || url === '' ? {} : { url }),
  }
}

/** Without the blanks around a sign. Anybody may send 64 KiB of blanks, so no pattern looks for their end from each of them. */
function joinedAt(sign: string, text: string): string {
  return text
    .split(sign)
    .map((part) => part.trim())
    .join(sign)
}

/** `signed-receipt-micalg=optional, sha256, sha1; …`: values without their importance. */
function readOptions(text: string): Readonly<Record<string, readonly string[]>> {
  const joined = ['=', ','].reduce((all, sign) => joinedAt(sign, all), text.replaceAll('"', ''))
  const named = readParameters(`;${joined.startsWith(';') ? joined.slice(1) : joined}`)
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [
      name,
      value
        .split(',')
        .map((one) => one.trim().toLowerCase())
        .filter((one) => !['', 'optional', 'required'].includes(one)),
    ]),
  )
}
