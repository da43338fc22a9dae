import { inGerman } from './german.ts'
import { language } from './words.ts'

/** What the hub says to a partner in the language of this browser; a sentence that this page does not know yet stays as the hub says it. */
export function forPartner(sentence: string): string {
  return language() === 'de' ? inGerman(sentence) : sentence
}
