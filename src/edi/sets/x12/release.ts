/** Releases that have what 004010 has and more. Before it dates were shorter; what comes after 009 nobody knows. */
const release = /^00[4-9]\d{3}$/

/**
 * The release among those that we have a set of by whose rules another one is read: the next later one, else the last. Undefined for one
 * before all of ours, and for what is no release.
 */
export function nearestRelease(version: string, known: readonly string[]): string | undefined {
  if (known.includes(version)) return version
  if (!release.test(version) || known.every((one) => version < one)) return undefined
  return known.find((one) => one >= version) ?? known.at(-1)
}
