import { isFailure } from './folder.ts'
import { pathNames } from './path.ts'

/**
 * Does the work on a path; when it fails as it would in a missing subfolder, makes the subfolders and does it again. `make` answers
 * whether it made one: protocols have no word for "it is there already".
 */
export async function inSubfolder(
  path: string,
  work: () => Promise<void>,
  make: (subfolder: string) => Promise<boolean>,
): Promise<void> {
  const names = pathNames(path).slice(0, -1)
  try {
    await work()
  } catch (error) {
    if (names.length === 0 || !isFailure(error, 'MISSING', 'DENIED')) throw error
    let made = false
    for (let depth = 1; depth <= names.length; depth++) made = (await make(names.slice(0, depth).join('/'))) || made
    if (!made) throw error
    await work()
  }
}
