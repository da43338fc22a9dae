import { locale } from '../words/words.ts'
import { When } from './when.tsx'

/**
 * When something is due or was dated. Of a document that names only a day the hub has the end of that day in UTC: it is shown as the day, which
 * is the same in every zone. Anything else is an instant.
 */
export function DayOrWhen({ at }: { readonly at: string }) {
  const day = endOfDay.exec(at)?.[1]
  if (day === undefined) return <When at={at} />
  const shown = new Date(`${day}T00:00:00Z`).toLocaleDateString(locale(), {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    timeZone: 'UTC',
  })
  return <time dateTime={day}>{shown}</time>
}

const endOfDay = /^(\d{4}-\d\d-\d\d)T23:59:59(?:\.000)?Z$/
