/**
 * What is said in a disposition when a message is not taken (RFC 4130 §7.5, RFC 5402 §6, rfc4130bis). Stable codes; the text is for
 * whoever reads it in a log, never for the partner.
 */
export const as2Failures = {
  'authentication-failed':
    'No certificate of the partner made this signature. Ask for the certificate that signs now, and declare it.',
  'decompression-failed': 'The compressed data is damaged, or it unpacks to more than the limits allow.',
  'decryption-failed':
    'None of our keys opens the message, or it is damaged. Ask which certificate it was encrypted for.',
  'insufficient-message-security':
    'The agreement asks for a signature, encryption or better algorithms. Correct one side.',
  'integrity-check-failed':
    'The content is not what was signed. Ask for it again; when it stays, something on the way changes it.',
  'invalid-message-id': 'The Message-ID is missing, comes twice, or cannot be one.',
  'unexpected-processing-error': 'The message is not built as AS2 asks, or the hub failed. The log says which.',
  'unknown-trading-relationship': 'No partner is declared for this pair of AS2 names.',
  'unsupported MIC-algorithms': 'The partner wants digests in its receipt that are not offered here.',
  'unsupported format': 'The content type cannot be taken.',
} as const

/** A code of the table; receipts say it to the partner. */
export type As2FailureCode = keyof typeof as2Failures

/** A message that is refused. `detail` goes to the log; the partner sees the code and its fixed text. */
export class As2Failure extends Error {
  override readonly name = 'As2Failure'
  readonly code: As2FailureCode
  readonly detail: string

  constructor(code: As2FailureCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause })
    this.code = code
    this.detail = detail
  }
}
