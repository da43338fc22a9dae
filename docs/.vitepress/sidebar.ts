import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { type Page, pages } from './pages.ts'

interface Group {
  readonly text: string
  readonly folder: string
}

/** Parts of the site, each with the groups that stand beside its pages, in the order in which people come to need them. */
const parts: Readonly<Record<string, readonly Group[]>> = {
  '/reference/': [
    { text: 'Reference', folder: 'reference' },
    { text: 'Processes', folder: 'reference/processes' },
    { text: 'Every operation', folder: 'reference/api' },
  ],
  '/': [
    { text: 'Tutorial', folder: 'tutorial' },
    { text: 'Guides', folder: 'guides' },
    { text: 'Screens', folder: 'screens' },
    { text: 'Explanation', folder: 'explanation' },
    { text: 'Decisions', folder: 'decisions' },
  ],
}

/** What stands beside each page: all others of its part. A new page needs no entry. */
export function sidebar(): DefaultTheme.SidebarMulti {
  const all = pages(join(import.meta.dirname, '..'))
  const items = ({ text, folder }: Group): DefaultTheme.SidebarItem => ({
    text,
    items: all.filter(({ path }) => path.slice(0, path.lastIndexOf('/')) === folder).map(entry),
  })
  return Object.fromEntries(Object.entries(parts).map(([path, groups]) => [path, groups.map(items)]))
}

function entry({ path, title }: Page): DefaultTheme.SidebarItem {
  return { text: title, link: `/${path.replace(/(?:README)?\.md$/, '')}` }
}
