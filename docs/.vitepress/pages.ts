import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A page as its own source says it. */
export interface Page {
  /** Below the folder of the documentation, with `.md`. */
  readonly path: string
  readonly title: string
  /** Its first paragraph, on one line. */
  readonly lead: string
}

/** Every page, by path. */
export function pages(folder: string): Page[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && !entry.parentPath.includes('node_modules') && !entry.parentPath.includes('.vitepress'))
    .map((entry) => read(folder, join(entry.parentPath, entry.name)))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function read(folder: string, file: string): Page {
  const text = readFileSync(file, 'utf8').replace(/^<!--[\s\S]*?-->\s*/, '')
  const [, title = '', after = ''] = /^# (.+)\n+([\s\S]*)$/.exec(text) ?? []
  const lead = (after.split(/\n{2,}/, 1)[0] ?? '').replaceAll('\n', ' ')
  return { path: relative(folder, file).replaceAll('\\', '/'), title, lead: /^[|#`>-]/.test(lead) ? '' : lead }
}
