import type { PgpFailureCode } from './failure.ts'

/** What GnuPG said on its status channel (doc/DETAILS of GnuPG), keyword by keyword. */
export class Status {
  readonly #lines: readonly (readonly string[])[]

  constructor(text: string) {
    this.#lines = text
      .split('\n')
      .filter((line) => line.startsWith('[GNUPG:] '))
      .map((line) => line.slice('[GNUPG:] '.length).trim().split(' '))
  }

  has(...keywords: readonly string[]): boolean {
    return this.#lines.some(([keyword = '']) => keywords.includes(keyword))
  }

  /** The words behind each line of a keyword. */
  all(keyword: string): readonly (readonly string[])[] {
    return this.#lines.filter(([one]) => one === keyword).map(([, ...words]) => words)
  }
}

/** What is required of a message. */
export interface Requirements {
  readonly mustBeEncrypted: boolean
  readonly mustBeSigned: boolean
  /** Fingerprints of the partner's keys. */
  readonly signers: readonly string[]
}

/** Gpg's error numbers, without the part that says where they come from. */
const badPassphrase = 11

/** Why an opened message must not be used; undefined when it may. A signature that is there must be right, required or not. */
export function judgeOpened(
  status: Status,
  { mustBeEncrypted, mustBeSigned, signers }: Requirements,
): PgpFailureCode | undefined {
  const isEncrypted = status.has('ENC_TO', 'BEGIN_DECRYPTION')
  if (isEncrypted && !status.has('DECRYPTION_OKAY')) return undecrypted(status)
  const wrong = signatures.find(({ keyword }) => status.has(keyword))
  if (wrong !== undefined) return wrong.code
  if (status.has('BADMDC', 'DECRYPTION_FAILED', 'BADARMOR', 'UNEXPECTED')) return 'PGP_DAMAGED'
  if (!isEncrypted && !status.has('PLAINTEXT')) return status.has('NODATA') ? 'PGP_NOT_A_MESSAGE' : 'PGP_UNCLEAR'
  const valid = status.all('VALIDSIG')
  // The last word is the fingerprint of the primary key, whichever subkey signed.
  if (valid.some((words) => !signers.includes(words.at(-1) ?? ''))) return 'PGP_SIGNER_UNKNOWN'
  if (mustBeSigned && valid.length === 0) return 'PGP_UNSIGNED'
  if (mustBeEncrypted && !isEncrypted) return 'PGP_NOT_ENCRYPTED'
  return undefined
}

/** Why a signature beside a file does not count; undefined when one of these keys made it for these bytes. */
export function judgeVerified(status: Status, signers: readonly string[]): PgpFailureCode | undefined {
  const wrong = signatures.find(({ keyword }) => status.has(keyword))
  if (wrong !== undefined) return wrong.code
  const valid = status.all('VALIDSIG')
  if (valid.length === 0) return status.has('BADARMOR', 'NODATA', 'UNEXPECTED') ? 'PGP_SIGNATURE_BAD' : 'PGP_UNSIGNED'
  return valid.every((words) => signers.includes(words.at(-1) ?? '')) ? undefined : 'PGP_SIGNER_UNKNOWN'
}

const signatures: readonly { readonly keyword: string; readonly code: PgpFailureCode }[] = [
  { keyword: 'BADSIG', code: 'PGP_SIGNATURE_BAD' },
  { keyword: 'REVKEYSIG', code: 'PGP_KEY_REVOKED' },
  { keyword: 'EXPKEYSIG', code: 'PGP_KEY_EXPIRED' },
  { keyword: 'EXPSIG', code: 'PGP_SIGNATURE_EXPIRED' },
  { keyword: 'NO_PUBKEY', code: 'PGP_SIGNER_UNKNOWN' },
  { keyword: 'ERRSIG', code: 'PGP_SIGNER_UNKNOWN' },
]

function undecrypted(status: Status): PgpFailureCode {
  const errors = status.all('ERROR').map(([, number]) => Number(number) & 0xffff)
  if (errors.includes(badPassphrase)) return 'PGP_PASSPHRASE'
  const isForUs = status.all('ENC_TO').length > status.all('NO_SECKEY').length
  return isForUs ? 'PGP_DAMAGED' : 'PGP_WRONG_KEY'
}

/** Why a message could not be sealed, by the status lines of gpg (GnuPG, doc/DETAILS). */
export function judgeSealed(status: Status): PgpFailureCode {
  const errors = status.all('ERROR').map(([, number]) => Number(number) & 0xffff)
  if (errors.includes(badPassphrase) || status.has('BAD_PASSPHRASE')) return 'PGP_PASSPHRASE'
  const reasons = [...status.all('INV_RECP'), ...status.all('INV_SGNR')].map(([reason]) => reason)
  if (reasons.includes('4') || status.has('KEYREVOKED')) return 'PGP_KEY_REVOKED'
  if (reasons.includes('5') || status.has('KEYEXPIRED', 'SIGEXPIRED')) return 'PGP_KEY_EXPIRED'
  return reasons.length > 0 ? 'PGP_KEY_UNUSABLE' : 'PGP_UNCLEAR'
}
