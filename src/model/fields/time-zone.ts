import { text } from './text.ts'

/** A zone of the IANA time zone database: `Europe/Berlin`. */
export function timeZone(meaning: string) {
  return text(meaning, 60)
}
