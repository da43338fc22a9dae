import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { Certificate, type Identity } from './certificate.ts'
import { der, nothing, objectIdentifier, octets, sequence, setOf, smallInteger, time } from './cms/der.ts'
import { ecdsaWith } from './cms/digests.ts'
import { identifiers } from './cms/object-identifiers.ts'

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
  const pem = makeCertificatePem({ name, publicKey, privateKey, validFrom, validTo })
  return {
    certificate: new Certificate(pem),
    key: privateKey,
    certificatePem: pem,
    keyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

export function makeCertificatePem(input: {
  readonly name: string
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly validFrom: number
  readonly validTo: number
}): string {
  const algorithm =
    input.publicKey.asymmetricKeyType === 'rsa'
      ? sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing())
      : sequence(objectIdentifier(ecdsaWith.sha256))
  const name = sequence(setOf(sequence(objectIdentifier('2.5.4.3'), der(0x0c, Buffer.from(input.name)))))
  const keyIdentifier = sequence(objectIdentifier(identifiers.subjectKeyIdentifier), octets(octets(randomBytes(20))))
  const body = sequence(
    der(0xa0, smallInteger(2)),
    der(0x02, Buffer.concat([Buffer.from([0x41]), randomBytes(12)])),
    algorithm,
    name,
    sequence(time(input.validFrom), time(input.validTo)),
    name,
    input.publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(keyIdentifier)),
  )
  const whole = sequence(body, algorithm, der(0x03, Buffer.from([0]), sign('sha256', body, input.privateKey)))
  const lines = whole.toString('base64').replaceAll(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`
}
