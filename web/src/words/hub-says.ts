import { clock } from '../parts/when.tsx'
import { inGerman } from './said/german.ts'
import { language } from './words.ts'

const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g

/**
 * A sentence of the hub for its own people in the language of this browser, with its moments in their zone: a question, what can be
 * decided, what is wrong, what is next. One that this page does not know yet stays as the hub says it.
 */
export function hubSays(sentence: string): string {
  const said = language() === 'de' ? inGerman(sentence) : sentence
  return said.replaceAll(instant, (text) => clock(new Date(text)))
}
