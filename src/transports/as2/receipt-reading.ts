import type { Certificate } from './certificate.ts'
import { readContent } from './cms/content.ts'
import { identifiers } from './cms/object-identifiers.ts'
import { signedContent, verifyData } from './cms/signed-data.ts'
import { type Disposition, readDisposition } from './disposition.ts'
import { As2Failure } from './failure.ts'
import { type Mic, readMic } from './mic.ts'
import { canonicalLines } from './mime/canonical.ts'
import { readContentType } from './mime/content-type.ts'
import { type Entity, fieldOf, readEntity } from './mime/entity.ts'
import { readMultipart } from './mime/multipart.ts'
import { decodeTransfer } from './mime/transfer-encoding.ts'

/** A receipt that a partner sent. */
export interface ReadReceipt {
  readonly originalMessageId: string
  readonly disposition: Disposition
  readonly mic?: Mic
  /** The certificate that signed it; absent for an unsigned one. */
  readonly signedBy?: Certificate
}

/** Reads a receipt and verifies its signature, if it has one. Throws an As2Failure when it is none or the signature does not fit. */
export function readReceipt(
  message: Entity,
  options: { readonly trusted: readonly Certificate[]; readonly allowLegacy: boolean },
): ReadReceipt {
  try {
    const { report, signedBy } = opened(message, options)
    return { ...readReport(report), ...(signedBy === undefined ? {} : { signedBy }) }
  } catch (error) {
    if (error instanceof As2Failure) throw error
    throw new As2Failure('unexpected-processing-error', error instanceof Error ? error.message : String(error), error)
  }
}

/** Whether a message is a receipt, as far as its outside tells: whoever wants to know before the signature is verified. */
export function isReceipt(message: Entity): boolean {
  try {
    const { type, parameters } = typeOf(message)
    if (type === 'multipart/report') return true
    if (type !== 'multipart/signed') return false
    const [first] = readMultipart(message.content, parameters['boundary'] ?? '')
    return first !== undefined && typeOf(readEntity(first)).type === 'multipart/report'
  } catch {
    return false
  }
}

function opened(
  message: Entity,
  options: { readonly trusted: readonly Certificate[]; readonly allowLegacy: boolean },
): { readonly report: Entity; readonly signedBy?: Certificate } {
  const { type, parameters } = typeOf(message)
  if (type === 'multipart/report') return { report: message }
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type)) {
    const cms = readContent(contentOf(message))
    const content = signedContent(cms.value)
    if (cms.type !== identifiers.signedData || content === undefined) throw new Error('not a signed receipt')
    const verified = verifyData(cms.value, [content], options)
    return { report: readEntity(content), signedBy: verified.certificate }
  }
  const [part, signature] = readMultipart(message.content, parameters['boundary'] ?? '')
  if (type !== 'multipart/signed' || part === undefined || signature === undefined) throw new Error('not a receipt')
  const { value } = readContent(contentOf(readEntity(signature)))
  const { certificate, content } = verifyData(value, [part, canonicalLines(part)], options)
  return { report: readEntity(Buffer.from(content)), signedBy: certificate }
}

function readReport(report: Entity): ReadReceipt {
  const { type, parameters } = typeOf(report)
  if (type !== 'multipart/report') throw new Error('not a report')
  const parts = readMultipart(report.content, parameters['boundary'] ?? '').map(readEntity)
  const found = parts.find((one) => typeOf(one).type === 'message/disposition-notification')
  if (found === undefined) throw new Error('a report without a disposition')
  // Peers end the last line in every way there is.
  const { fields } = readEntity(Buffer.concat([contentOf(found), Buffer.from('\r\n\r\n')]))
  const disposition = readDisposition(fieldOf(fields, 'disposition') ?? '')
  const originalMessageId = fieldOf(fields, 'original-message-id')
  if (disposition === undefined || originalMessageId === undefined) throw new Error('a disposition that says nothing')
  const mic = readMic(fieldOf(fields, 'received-content-mic') ?? '')
  return { originalMessageId, disposition, ...(mic === undefined ? {} : { mic }) }
}

function typeOf(entity: Entity): ReturnType<typeof readContentType> {
  return readContentType(fieldOf(entity.fields, 'content-type') ?? 'text/plain')
}

function contentOf(entity: Entity): Buffer {
  return decodeTransfer(entity.content, fieldOf(entity.fields, 'content-transfer-encoding'))
}
