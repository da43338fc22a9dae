/** Whether a name fits one of the patterns: `*` is any text, `?` one character; letters of either case. */
export function fitsName(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => shapeOf(pattern).test(name.slice(0, 300)))
}

/** Stars are few and names short: the search stays small. */
function shapeOf(pattern: string): RegExp {
  const parts = pattern.slice(0, 100).split(/\*+/).slice(0, 6)
  const escaped = parts.map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('?', '.'))
  return new RegExp(`^${escaped.join('.*')}$`, 'i')
}

/** `ORD_{deliveryNumber}.txt` with the values of a document; what a file system could misread becomes a dash. */
export function filledName(template: string, values: Readonly<Record<string, unknown>>): string {
  const name = template.replaceAll(/\{([A-Za-z]+)\}/g, (_, member: string) => {
    const value = values[member]
    return typeof value === 'string' ? value.replaceAll(/[^A-Za-z0-9._-]/g, '-') : ''
  })
  return name.replace(/^[.-]+/, '').slice(0, 200)
}
