import { writeInstant } from '../../base/instant.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { InterchangeHeader } from '../../edi/envelope/events.ts'
import { isValidOn } from '../../edi/overlay/validity.ts'
import { dayOf } from './day.ts'
import type { Agreement } from './policy.ts'

/** Bytes of a file in which its first header is looked for. */
const headMax = 4096
const known = new WeakMap<Agreement, Map<string, Agreement | undefined>>()

/**
 * The agreement as it is on a day, with the overlays of that day; `undefined` where there is none on it. The same object for the same
 * days: grammars are compiled once for each.
 */
export function agreedOn(settings: Agreement, day: string): Agreement | undefined {
  const { editions } = settings
  const edition = editions.findIndex((one) => isValidOn(one, day))
  if (editions.length > 0 && edition < 0) return undefined
  const own: Agreement = edition < 0 ? settings : { ...settings, ...editions[edition]?.settings }
  const overlays = own.overlays.filter((one) => typeof one === 'string' || isValidOn(one, day))
  if (edition < 0 && overlays.length === own.overlays.length) return settings
  const names = overlays.map((one) => (typeof one === 'string' ? one : one.name))
  const key = [edition, ...names].join(' ')
  const made = known.get(settings) ?? new Map<string, Agreement | undefined>()
  known.set(settings, made)
  const before = made.get(key)
  if (before !== undefined) return before
  const agreed = { ...own, overlays, editions: [] }
  made.set(key, agreed)
  return agreed
}

/**
 * The agreement by which a file is read: that of the day of its first interchange. Where there is none on that day the file is judged by
 * the first edition, and `judgeInterchange` says that nothing is agreed.
 */
export function agreedFor(settings: Agreement, head: Uint8Array, receivedAt: number): Agreement {
  const isDated = settings.editions.length > 0 || settings.overlays.some(hasDays)
  if (!isDated) return settings
  const day = dayIn(head.subarray(0, headMax)) ?? writeInstant(receivedAt).slice(0, 10)
  return agreedOn(settings, day) ?? { ...settings, overlays: [] }
}

function hasDays(overlay: Agreement['overlays'][number]): boolean {
  return typeof overlay !== 'string' && (overlay.from ?? overlay.until) !== undefined
}

function dayIn(head: Uint8Array): string | undefined {
  const headers: InterchangeHeader[] = []
  const reader = new EnvelopeReader({
    interchangeOpened: (header) => {
      headers.push(header)
    },
  })
  reader.feed(head)
  reader.end()
  const [first] = headers
  return first === undefined ? undefined : dayOf(first)
}
