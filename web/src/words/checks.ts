import { type CheckSentences, germanChecks } from './checks-de.ts'
import { language } from './words.ts'

/** A check with its sentences in the language of this browser; one that this page does not know yet keeps those of the hub. */
export function inWords<C extends CheckSentences & { readonly id: string }>(check: C): C {
  return language() === 'de' ? { ...check, ...germanChecks[check.id] } : check
}
