import { translation } from '../forms.ts'
import { inGerman } from '../said/german.ts'
import { germanAccess } from './access-de.ts'
import { germanMissing } from './missing-de.ts'
import { germanRequests } from './request-de.ts'
import { germanWork } from './work-de.ts'

/** What the hub says when it does not do what it was asked for, in German, by what it says in English; a test compares with its table of errors. */
export const germanRefusals: Readonly<Record<string, string>> = { ...germanAccess, ...germanRequests, ...germanWork }

const one = translation(germanRefusals, {
  value: (_, found) => germanMissing[found] ?? inGerman(found),
})

/** A refusal in German; what others said in it stays as they said it, and so does a sentence that is not known here. */
export function refusedInGerman(said: string): string {
  const made = one(said)
  return made === said ? inGerman(said) : made
}
