import type { MarkdownRenderer } from 'vitepress'

/** On the site, what stands for a folder is its index. */
function toIndexes({ renderer: { rules } }: MarkdownRenderer): void {
  const link = rules.link_open
  if (link === undefined) return
  rules.link_open = (tokens, index, ...more) => {
    const token = tokens[index]
    const href = token?.attrGet('href') ?? ''
    token?.attrSet('href', href.replace(/(^|\/)README\.md/, '$1index.md'))
    return link(tokens, index, ...more)
  }
}

/** Pages are plain Markdown, as other readers show it: no tags but line breaks, and two braces are two braces, not an expression. */
export function literally(markdown: MarkdownRenderer): void {
  toIndexes(markdown)
  const { rules } = markdown.renderer
  for (const name of ['text', 'fence', 'code_inline'] as const) {
    const rule = rules[name]
    if (rule !== undefined) rules[name] = (...parts) => rule(...parts).replaceAll('{{', '&#123;&#123;')
  }
  const tags = /<(?!br>|\/?details>|\/?summary>|!--)/g
  for (const name of ['html_inline', 'html_block'] as const) {
    const rule = rules[name]
    if (rule !== undefined) rules[name] = (...parts) => rule(...parts).replaceAll(tags, '&lt;')
  }
}
