import { wording } from '../words/words.ts'
import { Status, type Tone } from './status.tsx'

const say = wording({
  en: {
    green: 'in order',
    amber: 'needs a look',
    red: 'needs somebody now',
    unknown: 'not known',
    failed: 'could not be asked',
    silent: 'silent',
  },
  de: {
    green: 'in Ordnung',
    amber: 'ansehen',
    red: 'jetzt handeln',
    unknown: 'nicht bekannt',
    failed: 'nicht zu erfragen',
    silent: 'stumm',
  },
})

/** How the answer of a business check stands. */
export type CheckStanding = 'green' | 'amber' | 'red' | 'unknown' | 'failed' | 'silent'

const tones: Readonly<Record<CheckStanding, Tone>> = {
  green: 'good',
  amber: 'warn',
  red: 'bad',
  unknown: 'plain',
  failed: 'bad',
  silent: 'warn',
}

/** The worst first. */
export const gravest: readonly CheckStanding[] = ['red', 'failed', 'silent', 'amber', 'green', 'unknown']

/** Colour, form and text. */
export function CheckState({ state }: { readonly state: CheckStanding }) {
  return <Status code={say(state)} tone={tones[state]} />
}
