import ssh2 from 'ssh2'
import { fingerprint } from './session.ts'

/** A new private key for a server, as OpenSSH writes it. */
export function makePrivateKey(): string {
  return ssh2.utils.generateKeyPairSync('ed25519').private
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
