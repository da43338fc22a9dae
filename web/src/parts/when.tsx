import { locale, say } from '../words/words.ts'
import { dayOf, today, useToday } from './day-clock.ts'
import { isUtc, zone } from './zone.ts'

/** An instant in the zone of whoever looks; the whole of it, with the zone and in UTC, when it is pointed at. */
export function When({ at }: { readonly at: string | undefined }) {
  useToday()
  if (at === undefined || at === '') return <>{say('common.unknown')}</>
  const instant = new Date(at)
  if (Number.isNaN(instant.getTime())) return <>{at}</>
  return (
    <time
      dateTime={at}
      title={`${instant.toLocaleString(locale(), { timeZone: zone() })} ${zone()} · ${instant.toISOString()}`}
    >
      {clock(instant)}
    </time>
  )
}

/** An instant within a sentence, which is written anew when another day begins. */
export function useClock(): typeof clock {
  useToday()
  return clock
}

/** Today only the time, else day and time. In UTC it says so: elsewhere the frame of the page names the zone. */
export function clock(instant: Date): string {
  const isToday = dayOf(instant) === today()
  const day = isToday ? {} : ({ year: 'numeric', month: '2-digit', day: '2-digit' } as const)
  const text = instant.toLocaleString(locale(), { ...day, hour: '2-digit', minute: '2-digit', timeZone: zone() })
  return isUtc() ? `${text} UTC` : text
}
