import type { Identity } from './certificate.ts'
import { type CipherName, cipherNamed } from './cms/ciphers.ts'
import { type DigestName, digestNamed } from './cms/digests.ts'
import type { KeyTransport } from './cms/key-transport.ts'
import { type Entity, readEntity } from './mime/entity.ts'
import type { Protection } from './protection.ts'
import type { Wrapped } from './wrap.ts'

/** One way in which a message can be wrapped. */
export interface Permutation {
  readonly sign: 'no' | 'detached' | 'opaque'
  readonly cipher: CipherName | 'no'
  readonly keyTransport: KeyTransport
  readonly compress: Protection['compress']
  readonly digest: DigestName
}

export const permutations: readonly Permutation[] = (['no', 'detached', 'opaque'] as const).flatMap((sign) =>
  (['no', 'aes256-cbc', 'aes128-gcm'] as const).flatMap((cipher) =>
    (cipher === 'no' ? (['v1.5'] as const) : (['v1.5', 'oaep'] as const)).flatMap((keyTransport) =>
      (['no', 'before-signing', 'after-signing'] as const).map((compress) => ({
        sign,
        cipher,
        keyTransport,
        compress,
        digest: 'sha256' as const,
      })),
    ),
  ),
)

export const payloads: readonly { readonly ends: string; readonly content: Buffer }[] = [
  { ends: 'CRLF', content: Buffer.from('ISA*00*~\r\nGS*SM~\r\nST*204*0001~\r\n') },
  { ends: 'LF', content: Buffer.from('UNB+UNOA:1\nUNH+1\n\nUNT+1\n') },
  { ends: 'no newline', content: Buffer.from("UNA:+.? 'UNB+UNOC:3+A+B'\u00e9", 'latin1') },
]

export function protectionOf(
  { sign, cipher, keyTransport, compress, digest }: Permutation,
  { sender, receiver }: { readonly sender: Identity; readonly receiver: Identity },
): Protection {
  return {
    compress,
    digest: digestNamed(digest),
    ...(sign === 'no'
      ? {}
      : {
          sign: {
            signer: sender,
            digest: digestNamed(digest),
            form: sign,
            spelling: 'new' as const,
            at: Date.UTC(2026, 0),
          },
        }),
    ...(cipher === 'no'
      ? {}
      : { encrypt: { recipients: [receiver.certificate], cipher: cipherNamed(cipher), keyTransport } }),
  }
}

export function entityOf({ fields, body }: Pick<Wrapped, 'fields' | 'body'>): Entity {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return readEntity(Buffer.concat([Buffer.from(`${lines.join('')}\r\n`, 'latin1'), body]))
}

export function titleOf({ sign, cipher, keyTransport, compress }: Permutation): string {
  return `signed ${sign}, encrypted ${cipher}${cipher === 'no' ? '' : ` (${keyTransport})`}, compressed ${compress}`
}
