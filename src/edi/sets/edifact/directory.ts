/** Directories whose messages were compared with ours one by one: what we do not have of them is another message there. */
const compared: ReadonlySet<string> = new Set(['D.93A', 'D.97A'])

/**
 * How old a directory is, as a number that grows: `D.99B` before `D.00A`. The standard directories of a year (`S.93A`) are as old as its
 * drafts. Undefined for what is no directory of the years with letters: 1993 and later.
 */
export function directoryAge(version: string): number | undefined {
  const match = /^[DS]\.(\d\d)([ABC])$/.exec(version)
  if (match === null) return undefined
  const year = Number(match[1])
  return (year < 90 ? year + 100 : year) * 3 + 'ABC'.indexOf(match[2] ?? 'A')
}

/**
 * The directory among those that we have a message of by whose rules another one is read: the next later one, which has what it has and
 * more room, else the last. Undefined for one older than all of ours, and where ours were compared with it and found to be different.
 */
export function nearestDirectory(version: string, known: readonly string[]): string | undefined {
  if (known.includes(version)) return version
  const age = directoryAge(version)
  if (age === undefined || compared.has(version)) return undefined
  const ages = known.map((one) => directoryAge(one) ?? Number.POSITIVE_INFINITY)
  if (age < Math.min(...ages)) return undefined
  return known[ages.findIndex((one) => one >= age)] ?? known.at(-1)
}
