import { createPrivateKey, generateKeyPair } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { Certificate, type Identity } from '../../transports/as2/certificate.ts'
import { selfSigned } from '../../transports/as2/self-signed.ts'

const dayMs = 86_400_000
/** A certificate of the sandbox counts for years: a data directory that lies around still starts. */
const validDays = 3650

/**
 * The certificate and key of a station for AS2, as a file in PEM that holds both. Made at the first start and kept: a message that waits
 * over a restart was encrypted for it.
 */
export async function stationIdentity(path: string, name: string): Promise<Identity & { readonly pem: string }> {
  if (!existsSync(path)) {
    const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const [validFrom, validTo] = [Date.now() - dayMs, Date.now() + validDays * dayMs]
    const certificate = selfSigned({ name, publicKey, privateKey, validFrom, validTo })
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, certificate + String(privateKey.export({ format: 'pem', type: 'pkcs8' })), { mode: 0o600 })
  }
  const pem = readFileSync(path, 'utf8')
  return { certificate: new Certificate(certificatePart(pem)), key: createPrivateKey(pem), pem }
}

/** Only the certificate: what the other side gets. */
export function certificatePart(pem: string): string {
  return pem.slice(0, pem.indexOf(ending) + ending.length)
}

const ending = '-----END CERTIFICATE-----\n'
