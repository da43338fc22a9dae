import { readFileSync } from 'node:fs'
import { InterlineError } from '../../base/errors.ts'
import type { TlsOptions } from '../../gateway/door/listener.ts'
import type { Settings } from '../settings/settings.ts'
import { ServerCertificate } from './server-certificate.ts'

/** What the TLS port of the API shows, and whom it believes; undefined without one. Throws CERTIFICATE_UNUSABLE. */
export class TlsDoor {
  readonly #certificate: ServerCertificate
  readonly #authorities: string

  static of({ tlsCertificate, tlsAuthorities }: Settings): TlsDoor | undefined {
    return tlsCertificate === '' ? undefined : new TlsDoor(tlsCertificate, tlsAuthorities)
  }

  private constructor(certificate: string, authorities: string) {
    this.#certificate = new ServerCertificate(certificate)
    this.#authorities = authorities
    this.options()
  }

  options(): TlsOptions {
    const { pem } = this.#certificate.current
    return { cert: pem, key: pem, ...(this.#authorities === '' ? {} : { ca: readPem(this.#authorities) }) }
  }

  /** What is to be shown from now on, when the file has changed. Throws CERTIFICATE_UNUSABLE, and what was there before stays. */
  refresh(): TlsOptions | undefined {
    return this.#certificate.refresh() === undefined ? undefined : this.options()
  }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InterlineError('CERTIFICATE_UNUSABLE', {
      path,
      problem: error instanceof Error && 'code' in error ? String(error.code) : 'unreadable',
    })
  }
}
