import { locale, say } from '../words/words.ts'

/** An instant in the zone of whoever looks; the whole of it, with the zone and in UTC, when it is pointed at. */
export function When({ at }: { readonly at: string | undefined }) {
  if (at === undefined || at === '') return <>{say('common.unknown')}</>
  const instant = new Date(at)
  if (Number.isNaN(instant.getTime())) return <>{at}</>
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <time dateTime={at} title={`${instant.toLocaleString(locale())} ${zone} · ${instant.toISOString()}`}>
      {clock(instant)}
    </time>
  )
}

/** Today only the time, else day and time. */
export function clock(instant: Date): string {
  const isToday = instant.toDateString() === new Date().toDateString()
  return instant.toLocaleString(
    locale(),
    isToday
      ? { hour: '2-digit', minute: '2-digit' }
      : { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  )
}
