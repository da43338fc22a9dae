import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { copyPages } from './copies.ts'
import { literally } from './literal.ts'
import { pages } from './pages.ts'
import { sidebar } from './sidebar.ts'

/** What stands for a folder has another name in a repository than on a site. */
const folderPages = pages(join(import.meta.dirname, '..')).filter(({ path }) => path.endsWith('/README.md'))

/** The documentation as a site: the hub serves it under `/docs`, without any request to elsewhere. */
export default defineConfig({
  title: 'Interline',
  description: 'Logistics integration hub',
  base: '/docs/',
  cleanUrls: true,
  // As the reader's system has it: the switch would need styles in the page, which its policy does not allow.
  appearance: 'force-auto',
  // What Vite calls its own dead links: the guard over all documents knows better, and knows files outside of this folder.
  ignoreDeadLinks: true,
  rewrites: Object.fromEntries(folderPages.map(({ path }) => [path, path.replace('README', 'index')])),
  markdown: { config: literally, theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: sidebar(),
    nav: [
      { text: 'Tutorial', link: '/tutorial/first-integration' },
      { text: 'Guides', link: '/guides/operate' },
      { text: 'Reference', link: '/reference/errors' },
    ],
  },
  buildEnd: ({ srcDir, outDir }) => copyPages(srcDir, outDir),
})
