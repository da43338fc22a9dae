/**
 * About when a file was written, ms since 1970, by the listing of a server that tells no exact times: true to a day or two, since such
 * listings hold no zone and often no year. Undefined for a form that is not known.
 */
export function listedTime(text: string, now: number): number | undefined {
  const unix = /^([A-Z][a-z]{2})\s+(\d{1,2})\s+(?:(\d{4})|\d{1,2}:\d{2})$/.exec(text.trim())
  if (unix !== null) {
    const [, name = '', day = '', year] = unix
    const month = months.indexOf(name)
    return month < 0
      ? undefined
      : yearly({ year: year === undefined ? undefined : Number(year), month, day: Number(day) }, now)
  }
  const dos = /^(\d{2})-(\d{2})-(\d{4}|\d{2})\b/.exec(text.trim())
  if (dos !== null) {
    const [month = 0, day = 0, year = 0] = dos.slice(1).map(Number)
    return Date.UTC(year < 100 ? 2000 + year : year, month - 1, day)
  }
  const plain = /^(\d{4})-(\d{2})-(\d{2})\b/.exec(text.trim())
  if (plain === null) return undefined
  const [year = 0, month = 0, day = 0] = plain.slice(1).map(Number)
  return Date.UTC(year, month - 1, day)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayMs = 86_400_000

/** A date without a year is the last one of its kind. */
function yearly(
  { year, month, day }: { readonly year: number | undefined; readonly month: number; readonly day: number },
  now: number,
): number {
  if (year !== undefined) return Date.UTC(year, month, day)
  const thisYear = new Date(now).getUTCFullYear()
  const at = Date.UTC(thisYear, month, day)
  return at > now + 2 * dayMs ? Date.UTC(thisYear - 1, month, day) : at
}
