import { generatedHead } from './generated-head.ts'

/** A generated page: head, title, lead paragraph, sections. */
export function page(title: string, lead: string, sections: readonly string[]): string {
  return `${[`<!-- ${generatedHead} -->`, `# ${title}`, lead, ...sections].join('\n\n')}\n`
}

/** A table; cells are escaped, so that a value with a bar stays one cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

/** Code in the running text; nothing for an empty value. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

function cell(text: string): string {
  return text.replaceAll('\n', '<br>').replaceAll('|', '\\|')
}
