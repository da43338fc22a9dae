import { FolderFailure } from './folder.ts'

const nameBytes = 255
const namesMost = 3

/**
 * The names of a path inside a folder. Fails with NAME_REFUSED for whatever could leave the folder or confuse who reads the name
 * later: empty names, `.` and `..`, back slashes, control characters, names too long for a file system.
 */
export function pathNames(path: string): readonly string[] {
  const names = path.split('/')
  if (names.length > namesMost || !names.every(isName)) throw new FolderFailure('NAME_REFUSED', JSON.stringify(path))
  return names
}

/** Whether a file of this name can be handled at all; others are left alone and reported. */
export function isName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    !/[\\/\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u.test(name) &&
    Buffer.byteLength(name) <= nameBytes
  )
}
