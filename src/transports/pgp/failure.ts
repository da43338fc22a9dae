/** Why a message could not be opened or sealed, and what to do about it; stable codes. */
export const pgpFailures = {
  PGP_DAMAGED: 'The message was changed on its way, or is cut off. Ask for it again; tell your partner if it stays.',
  PGP_KEY_EXPIRED:
    'The key has expired. Ask your partner for the new one, or renew yours, and declare it first in its list.',
  PGP_KEY_REVOKED: 'The key was revoked by its owner. Ask your partner for the new one.',
  PGP_KEY_UNUSABLE: 'A declared file holds no key of the kind that is needed. Compare it with `gpg --show-keys`.',
  PGP_NOT_A_MESSAGE:
    'The file is no OpenPGP message. Ask your partner to encrypt or sign it, or declare `pgpEncryption: optional` and `pgpSignature: optional`.',
  PGP_NOT_ENCRYPTED:
    'The message is signed and not encrypted. Ask for encryption, or declare `pgpEncryption: optional`.',
  PGP_PASSPHRASE: 'The passphrase does not open our key. Correct it.',
  PGP_PROGRAM_MISSING: 'There is no `gpg` on this machine. Install GnuPG: `npm run setup:pgp`.',
  PGP_SIGNATURE_BAD: 'The signature is not of this content. Do not use the file; tell your partner.',
  PGP_SIGNATURE_EXPIRED: 'The signature was valid for a time that is over. Ask for the file again.',
  PGP_SIGNER_UNKNOWN:
    'It is signed with a key that is not declared for this partner. Compare the fingerprint with your partner before you declare it.',
  PGP_TIMEOUT: 'GnuPG did not end in time. Nothing to do, unless it stays.',
  PGP_TOO_LARGE: 'What was in the message is larger than the connection allows.',
  PGP_UNCLEAR: 'GnuPG refused and did not say why in a way that is known. Try the file by hand with `gpg --decrypt`.',
  PGP_UNSIGNED: 'The message is encrypted and not signed. Ask for a signature, or declare `pgpSignature: optional`.',
  PGP_WRONG_KEY:
    'The message is encrypted for a key that is not ours. Send your partner the public half of the first of `pgpOwnKeyFiles`.',
} as const

/** A code of the table: logged, shown to people, and never renamed. */
export type PgpFailureCode = keyof typeof pgpFailures

/** OpenPGP said no. Never carries content. */
export class PgpFailure extends Error {
  override readonly name = 'PgpFailure'
  readonly code: PgpFailureCode

  constructor(code: PgpFailureCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`)
    this.code = code
  }

  /** Whether the message itself is to blame: the same bytes will never be taken. */
  get isFinal(): boolean {
    return !transient.includes(this.code)
  }
}

/** Ours to repair: the file waits. */
const transient: readonly PgpFailureCode[] = [
  'PGP_KEY_UNUSABLE',
  'PGP_PASSPHRASE',
  'PGP_PROGRAM_MISSING',
  'PGP_TIMEOUT',
  'PGP_UNCLEAR',
]
