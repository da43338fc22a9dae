/** Says a sentence of the hub in another language; one that is not known stays as the hub says it. */
export type Translation = (sentence: string) => string

/** What may stand where braces are. */
interface Values {
  /** What was found in the other language. */
  readonly value?: (name: string, found: string) => string
  /** All that can be found under a name: a sentence with anything else there is another one. */
  readonly closed?: Readonly<Record<string, readonly string[]>>
}

/** A translation from a table of sentences, in which braces stand for what was found. */
export function translation(
  table: Readonly<Record<string, string>>,
  { value = (_, found) => found, closed = {} }: Values = {},
): Translation {
  // Sentences with braces, the longest first: none is taken for a part of another.
  const forms = Object.entries(table)
    .filter(([sentence]) => sentence.includes('{'))
    .toSorted(([one], [other]) => other.length - one.length)
    .map(([sentence, made]) => ({ pattern: patternOf(sentence, closed), made }))
  return (sentence) => {
    if (Object.hasOwn(table, sentence)) return table[sentence] ?? sentence
    for (const { pattern, made } of forms) {
      const { groups } = pattern.exec(sentence) ?? {}
      if (groups === undefined) continue
      return made.replaceAll(/\{(\w+)\}/g, (brace, name: string) => {
        const found = groups[name]
        return found === undefined ? brace : value(name, found)
      })
    }
    return sentence
  }
}

function patternOf(sentence: string, closed: Readonly<Record<string, readonly string[]>>): RegExp {
  const pattern = escaped(sentence).replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => `(?<${name}>${closed[name]?.map(escaped).join('|') ?? '.+?'})`,
  )
  return new RegExp(`^${pattern}$`, 's')
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^|/]/g, String.raw`\$&`)
}
