import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { InterlineError } from '../../base/errors.ts'

/** What a server shows of itself: certificate chain and private key, in one PEM text. */
export interface ServerPem {
  readonly pem: string
  /** Milliseconds since 1970. */
  readonly validTo: number
}

/** The certificate of a server of ours in a file, read again while the server runs: a roll-over needs no restart. */
export class ServerCertificate {
  readonly #path: string
  #current: ServerPem

  /** Throws CERTIFICATE_UNUSABLE. */
  constructor(path: string) {
    this.#path = path
    this.#current = readServerPem(path)
  }

  get current(): ServerPem {
    return this.#current
  }

  /** Reads the file again. Answers what is new in it; throws CERTIFICATE_UNUSABLE, and what was there before stays. */
  refresh(): ServerPem | undefined {
    const read = readServerPem(this.#path)
    if (read.pem === this.#current.pem) return undefined
    this.#current = read
    return read
  }
}

function readServerPem(path: string): ServerPem {
  try {
    const pem = readFileSync(path, 'utf8')
    const certificate = new X509Certificate(pem)
    if (!certificate.checkPrivateKey(createPrivateKey(pem)))
      throw new Error('the private key does not belong to the first certificate')
    return { pem, validTo: certificate.validToDate.getTime() }
  } catch (error) {
    // The text of OpenSSL names formats and never contents.
    throw new InterlineError('CERTIFICATE_UNUSABLE', {
      path,
      problem: error instanceof Error ? error.message : String(error),
    })
  }
}
