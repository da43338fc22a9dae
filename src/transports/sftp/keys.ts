import ssh2 from 'ssh2'
import { fingerprint } from './session.ts'

/** A new key for a server or a client, as OpenSSH writes its two halves. */
export function makeKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519')
    // One in some hundred comes out of the library in a form that nobody can read, itself included.
    if (isPublicKey(made.public) && !(ssh2.utils.parseKey(made.private) instanceof Error))
      return { privateKey: made.private, publicKey: made.public }
  }
}

/** The fingerprint by which others know the key. Throws when the text is no private key. */
export function fingerprintOf(privateKey: string): string {
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  return fingerprint(parsed.getPublicSSH())
}

/** Whether a line of an authorized_keys file can be read. */
export function isPublicKey(line: string): boolean {
  const parsed = ssh2.utils.parseKey(line)
  return !(parsed instanceof Error) && !parsed.isPrivateKey()
}
