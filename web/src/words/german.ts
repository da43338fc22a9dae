import { germanForPartners } from './partner-de.ts'
import { germanVerdicts } from './verdicts-de.ts'

const german: Readonly<Record<string, string>> = { ...germanForPartners, ...germanVerdicts }

/** Sentences with braces, the longest first: none is taken for a part of another. */
const forms = Object.entries(german)
  .filter(([sentence]) => sentence.includes('{'))
  .toSorted(([one], [other]) => other.length - one.length)
  .map(([sentence, made]) => ({ pattern: patternOf(sentence), made }))

/** What the hub says to a partner in German; a sentence that is not known here stays as the hub says it. */
export function inGerman(sentence: string): string {
  if (Object.hasOwn(german, sentence)) return german[sentence] ?? sentence
  for (const { pattern, made } of forms) {
    const { groups } = pattern.exec(sentence) ?? {}
    if (groups !== undefined) return made.replaceAll(/\{(\w+)\}/g, (brace, name: string) => groups[name] ?? brace)
  }
  return sentence
}

function patternOf(sentence: string): RegExp {
  const text = sentence.replaceAll(/[$()*+.?[\\\]^|/]/g, String.raw`\$&`)
  return new RegExp(`^${text.replaceAll(/\{(\w+)\}/g, '(?<$1>.+?)')}$`, 's')
}
