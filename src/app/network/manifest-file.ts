import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { InterlineError } from '../../base/errors.ts'

/** A file of a network folder: its path within the folder, with `/` between names, and its bytes. */
export interface ManifestFile {
  readonly path: string
  readonly bytes: Buffer
}

/** Most files of one network, and most bytes of one file and of all. */
export const manifestLimits = { files: 2000, fileBytes: 1024 * 1024, bytes: 16 * 1024 * 1024 } as const

const manifestEndings = ['.json', '.yaml', '.yml']
/** Files that are pictures. */
export const pictureEndings = ['.jpeg', '.jpg', '.png', '.svg', '.webp']
const otherEndings = [...pictureEndings, '.cer', '.crt', '.der', '.edi', '.edifact', '.p7b', '.pem', '.txt', '.x12']

/** Whether a file declares something, by the ending of its name. */
export function isManifest(path: string): boolean {
  return manifestEndings.includes(extname(path).toLowerCase())
}

/**
 * Manifests, certificates and samples below a folder, by their endings, in alphabetical order. Names that begin with a dot are left out.
 * Throws MANIFEST_FOLDER_UNREADABLE, MANIFEST_TOO_LARGE.
 */
export function readManifestFolder(folder: string): readonly ManifestFile[] {
  const files: ManifestFile[] = []
  const walk = (below: string): void => {
    for (const name of readdirSync(join(folder, below)).toSorted()) {
      if (name.startsWith('.')) continue
      const path = below === '' ? name : `${below}/${name}`
      // A mounted configuration is made of links.
      const found = statSync(join(folder, path))
      if (found.isDirectory()) walk(path)
      else if ([...manifestEndings, ...otherEndings].includes(extname(name).toLowerCase())) {
        if (found.size > manifestLimits.fileBytes) throw tooLarge(`${path} has ${found.size} bytes`, 'fileBytes')
        files.push({ path, bytes: readFileSync(join(folder, path)) })
        if (files.length > manifestLimits.files) throw tooLarge('there are more files', 'files')
      }
    }
  }
  try {
    walk('')
  } catch (error) {
    if (error instanceof InterlineError) throw error
    const problem = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new InterlineError('MANIFEST_FOLDER_UNREADABLE', { path: folder, problem }, error)
  }
  demandRoom(files)
  return files
}

/** Throws MANIFEST_TOO_LARGE. */
export function demandRoom(files: readonly ManifestFile[]): void {
  if (files.length > manifestLimits.files) throw tooLarge(`there are ${files.length} files`, 'files')
  const large = files.find(({ bytes }) => bytes.length > manifestLimits.fileBytes)
  if (large !== undefined) throw tooLarge(`${large.path} has ${large.bytes.length} bytes`, 'fileBytes')
  const bytes = files.reduce((sum, one) => sum + one.bytes.length, 0)
  if (bytes > manifestLimits.bytes) throw tooLarge(`all files together have ${bytes} bytes`, 'bytes')
}

function tooLarge(what: string, limit: keyof typeof manifestLimits): InterlineError {
  return new InterlineError('MANIFEST_TOO_LARGE', { what, most: manifestLimits[limit] })
}
