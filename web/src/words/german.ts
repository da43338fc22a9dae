import { translation } from './forms.ts'
import { germanForPartners } from './partner-de.ts'
import { germanVerdicts } from './verdicts-de.ts'

/** What the hub says to a partner in German; a sentence that is not known here stays as the hub says it. */
export const inGerman = translation({ ...germanForPartners, ...germanVerdicts })
