import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { PageFile, Pages } from '../gateway/pages.ts'
import { contentTypeOf } from './content-type.ts'

/** Where `npm start` builds the control tower. */
const built = join(import.meta.dirname, '../../web/dist')

/** The control tower as it was built, in memory: some hundred kilobytes. Without a build there are no pages, and the API is as ever. */
export function openPages(directory: string = built): Pages {
  const index = join(directory, 'index.html')
  if (!existsSync(index)) return { page: () => undefined, file: () => undefined }
  const page = readFileSync(index, 'utf8')
  const files = new Map<string, PageFile>()
  for (const name of readdirSync(join(directory, 'assets'))) {
    const bytes = readFileSync(join(directory, 'assets', name))
    const packed = gzipSync(bytes)
    files.set(`/assets/${name}`, {
      bytes,
      ...(packed.length < bytes.length ? { packed } : {}),
      type: contentTypeOf(name),
    })
  }
  return { page: (nonce) => page.replace('%NONCE%', nonce), file: (path) => files.get(path) }
}
