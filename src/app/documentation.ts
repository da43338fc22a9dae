import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Documentation, DocumentationFile } from '../gateway/documentation.ts'
import { contentTypeOf } from './content-type.ts'

/** Where `npm start` builds the site, beside the hub that has begun already. */
const built = join(import.meta.dirname, '../../docs/.vitepress/dist')

/** The documentation as a site. It is looked for again until it is built; only what was built is ever read, whatever a path says. */
export function openDocumentation(directory: string = built): Documentation {
  let names: ReadonlySet<string> = new Set()
  return {
    find: (path) => {
      if (names.size === 0) names = namesIn(directory)
      const name = [path, `${path}.html`, join(path, 'index.html')].find((one) => names.has(one))
      return name === undefined ? undefined : file(directory, name)
    },
  }
}

/** The list of all pages is written last: without it the site is not whole. */
function namesIn(directory: string): ReadonlySet<string> {
  if (!existsSync(join(directory, 'llms.txt'))) return new Set()
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Set(entries.map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/')))
}

function file(directory: string, name: string): DocumentationFile {
  return {
    type: contentTypeOf(name),
    isImmutable: name.startsWith('assets/'),
    read: () => readFile(join(directory, name)),
  }
}
