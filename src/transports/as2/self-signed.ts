import { type KeyObject, randomBytes, sign } from 'node:crypto'
import { der, nothing, objectIdentifier, octets, sequence, setOf, smallInteger, time } from './cms/der.ts'
import { ecdsaWith } from './cms/digests.ts'
import { identifiers } from './cms/object-identifiers.ts'

/** A certificate in PEM that a key signs for itself, as most partners exchange them. Times are milliseconds since 1970. */
export function selfSigned(input: {
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
