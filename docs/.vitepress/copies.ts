import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pages } from './pages.ts'

/** Each page once more as the Markdown that it was written in, and a list of all of them: for programs that read. */
export function copyPages(folder: string, built: string): void {
  const all = pages(folder)
  for (const { path } of all) {
    mkdirSync(dirname(join(built, path)), { recursive: true })
    copyFileSync(join(folder, path), join(built, path))
  }
  const lines = all.map(({ path, title, lead }) => `- [${title}](/docs/${path})${lead === '' ? '' : `: ${lead}`}`)
  writeFileSync(join(built, 'llms.txt'), `# Interline\n\n> Logistics integration hub. Pages as Markdown:\n\n${lines.join('\n')}\n`)
}
