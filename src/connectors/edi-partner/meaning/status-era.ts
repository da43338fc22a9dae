import { directoryAge } from '../../../edi/sets/edifact/directory.ts'

/**
 * Which list the status of an IFTSTA is from by its directory. Up to D.97B it is element 9011 with a list of its own. From D.98A it is 4405,
 * which sends its readers to Recommendation 24: read so up to D.00B. From D.01A on it is too often something else; then it is agreed.
 */
export type StatusEra = 'own-list' | 'recommendation-24' | 'agreed'

/** The era of a directory such as `D.96A`. */
export function eraOf(version: string): StatusEra {
  const age = directoryAge(version) ?? Number.POSITIVE_INFINITY
  if (age <= last9011) return 'own-list'
  return age <= lastRead ? 'recommendation-24' : 'agreed'
}

const last9011 = directoryAge('D.97B') ?? 0
const lastRead = directoryAge('D.00B') ?? 0
