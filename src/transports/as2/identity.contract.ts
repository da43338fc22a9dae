import { generateKeyPairSync } from 'node:crypto'
import { Certificate, type Identity } from './certificate.ts'
import { selfSigned } from './self-signed.ts'

export interface MadeIdentity extends Identity {
  readonly certificatePem: string
  readonly keyPem: string
}

/** A key and a self-signed certificate for tests, made on the spot: no private key is kept, none expires by itself. */
export function makeIdentity(
  name: string,
  options: {
    readonly bits?: number
    readonly curve?: string
    readonly validFrom?: number
    readonly validTo?: number
  } = {},
): MadeIdentity {
  const { bits = 2048, curve, validFrom = Date.UTC(2020, 0), validTo = Date.UTC(2049, 0) } = options
  const { publicKey, privateKey } =
    curve === undefined
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: curve })
  const pem = selfSigned({ name, publicKey, privateKey, validFrom, validTo })
  return {
    certificate: new Certificate(pem),
    key: privateKey,
    certificatePem: pem,
    keyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}
