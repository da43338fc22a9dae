import { useEffect, useState } from 'react'
import type { Translation } from './forms.ts'
import { language } from './words.ts'

const asItIs: Translation = (sentence) => sentence
let known: Translation | undefined

/**
 * How a refusal of the hub is said in the language of this browser. Undefined while the words are fetched: nobody is told the same twice, in
 * two languages. Where they cannot be had, the hub's own words are better than none.
 */
export function useRefusalWords(): Translation | undefined {
  const [says, setSays] = useState<{ readonly translate: Translation } | undefined>(
    language() === 'en' ? { translate: asItIs } : known && { translate: known },
  )
  useEffect(() => {
    if (says !== undefined) return
    import('./refused/german.ts').then(
      ({ refusedInGerman }) => {
        known = refusedInGerman
        setSays({ translate: refusedInGerman })
      },
      () => setSays({ translate: asItIs }),
    )
  }, [says])
  return says?.translate
}
