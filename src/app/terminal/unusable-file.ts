import { InterlineError } from '../../base/errors.ts'

/** What the system says of a file (`EACCES: permission denied, open '/x'`) as FILE_UNUSABLE; undefined for any other failure. */
export function unusableFile(error: unknown): InterlineError | undefined {
  if (!(error instanceof Error && 'syscall' in error)) return undefined
  const [, code, words] = /^(E[A-Z]+): ([^,]+), [a-z]+/.exec(error.message) ?? []
  if (code === undefined || words === undefined) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'A file that was named'
  return new InterlineError('FILE_UNUSABLE', { path, reason: `${words} (${code})` }, error)
}
