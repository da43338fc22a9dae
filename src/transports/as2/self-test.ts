import { constants, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'node:crypto'

/**
 * Whether RSA v1.5 rejects implicitly here: a damaged block must give bytes, not an error, or decrypting would tell attackers what
 * they ask (OpenSSL before 3.2 does). Where it does not, AS2 must not be offered.
 */
export function rejectsImplicitly(): boolean {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const padding = constants.RSA_PKCS1_PADDING
  const block = publicEncrypt({ key: publicKey, padding }, Buffer.alloc(32, 7))
  try {
    if (!privateDecrypt({ key: privateKey, padding }, block).equals(Buffer.alloc(32, 7))) return false
    for (let at = 100; at < 108; at++) {
      const damaged = Buffer.from(block)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      privateDecrypt({ key: privateKey, padding }, damaged)
    }
    return true
  } catch {
    return false
  }
}
