import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign, verify } from 'node:crypto'
import type { ChainHead } from '../../backbone/audit-chain.ts'

/** Where the chains of all tenants ended at an instant, signed by the hub. */
export interface Checkpoint {
  readonly checkpoint: 1
  /** RFC 3339. */
  readonly at: string
  readonly heads: readonly (ChainHead & { readonly tenant: string })[]
  /** Which key signed: the start of the SHA-256 of its public half. */
  readonly key: string
  /** Ed25519 in base64, over `signedText`. */
  readonly signature: string
}

/** Heads of an instant (RFC 3339), signed with an Ed25519 key. */
export function signCheckpoint(key: KeyObject, at: string, heads: Checkpoint['heads']): Checkpoint {
  const unsigned = { checkpoint: 1, at, heads: heads.map(headOf), key: keyId(createPublicKey(key)) } as const
  return { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), key).toString('base64') }
}

/** Undefined when this is no checkpoint, or was not signed by the holder of this key. */
export function readCheckpoint(line: string, publicKey: KeyObject): Checkpoint | undefined {
  const found = parse(line)
  if (found === undefined || found.key !== keyId(publicKey)) return undefined
  const { signature, ...unsigned } = found
  return verify(null, Buffer.from(signedText(unsigned)), publicKey, Buffer.from(signature, 'base64'))
    ? found
    : undefined
}

/** A new key: the secret half for the hub, the public one for whoever verifies. */
export function newSigningKey(): { readonly secret: string; readonly public: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    public: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** Whether a text is an Ed25519 key in PEM (PKCS 8). */
export function isSigningKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

/** One text for one content, whatever the order of its members. */
function signedText({ at, heads, key }: Pick<Checkpoint, 'at' | 'heads' | 'key'>): string {
  return JSON.stringify([
    'interline audit checkpoint 1',
    at,
    key,
    heads.map(({ tenant, no, hash: of }) => [tenant, no, of]),
  ])
}

function keyId(key: KeyObject): string {
  return hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 16)
}

function headOf({ tenant, no, hash: of }: Checkpoint['heads'][number]): Checkpoint['heads'][number] {
  return { tenant, no, hash: of }
}

function parse(line: string): Checkpoint | undefined {
  try {
    const value = JSON.parse(line) as Partial<Checkpoint> | null
    const isOne =
      value?.checkpoint === 1 &&
      typeof value.at === 'string' &&
      typeof value.key === 'string' &&
      typeof value.signature === 'string' &&
      Array.isArray(value.heads) &&
      value.heads.every(isHead)
    return isOne ? (value as Checkpoint) : undefined
  } catch {
    return undefined
  }
}

function isHead(value: unknown): boolean {
  const head = (typeof value === 'object' && value !== null ? value : {}) as Partial<Checkpoint['heads'][number]>
  return typeof head.tenant === 'string' && Number.isSafeInteger(head.no) && typeof head.hash === 'string'
}
