import { InterlineError } from './errors.ts'

/**
 * What the log says of a failure: the code of our errors, that of the system or the database where there is one, else the name and the
 * first words, because a bare "Error" helps nobody.
 */
export function failureCode(error: unknown): string {
  if (error instanceof InterlineError) return error.code
  if (!(error instanceof Error)) return 'INTERNAL'
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code
  return `${error.name}: ${error.message}`.slice(0, wordsMost)
}

const wordsMost = 200
