import { InterlineError } from '../../base/errors.ts'
import type { Certificate } from './certificate.ts'
import { As2Failure, type As2FailureCode } from './failure.ts'
import type { Mic } from './mic.ts'

/** What has been found of a message on the way in, and how what goes wrong there is told. */
export class Opening {
  encrypted = false
  compressed = false
  signedBy: Certificate | undefined
  mic: Mic | undefined

  /** What a wrong key leaves passes the padding once in 256 times: garbage under encryption is told as a wrong key is, and no other way. */
  read<T>(work: () => T | Promise<T>): Promise<T> {
    const mayBeGarbage = this.encrypted && this.signedBy === undefined && !this.compressed
    return told(mayBeGarbage ? 'decryption-failed' : 'unexpected-processing-error', work)
  }
}

/** What goes wrong is told as this, but for what was told already, and what is the trouble of the hub itself: then the partner tries again. */
export async function told<T>(code: As2FailureCode, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof As2Failure || isOurs(error)) throw error
    throw new As2Failure(code, error instanceof Error ? error.message : String(error), error)
  }
}

/** No room on disk, or a disk that fails. */
export function isOurs(error: unknown): boolean {
  return error instanceof InterlineError || (error instanceof Error && 'syscall' in error)
}
