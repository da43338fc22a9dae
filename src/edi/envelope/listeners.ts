import type { EnvelopeListener } from './events.ts'

/** Several listeners that hear the same file, each event in the order in which they are given. */
export function all(...listeners: readonly EnvelopeListener[]): EnvelopeListener {
  return {
    ...segmentsTo(listeners.filter((one) => one.segment !== undefined)),
    interchangeOpened: (header) => {
      for (const one of listeners) one.interchangeOpened?.(header)
    },
    groupOpened: (header, interchange) => {
      for (const one of listeners) one.groupOpened?.(header, interchange)
    },
    setOpened: (header) => {
      for (const one of listeners) one.setOpened?.(header)
    },
    binary: (bytes) => {
      for (const one of listeners) one.binary?.(bytes)
    },
    setClosed: (report) => {
      for (const one of listeners) one.setClosed?.(report)
    },
    groupClosed: (report) => {
      for (const one of listeners) one.groupClosed?.(report)
    },
    interchangeClosed: (report) => {
      for (const one of listeners) one.interchangeClosed?.(report)
    },
    stray: (verdict) => {
      for (const one of listeners) one.stray?.(verdict)
    },
  }
}

/** There are many segments, and mostly one or nobody who wants to hear of them. */
function segmentsTo(listeners: readonly EnvelopeListener[]): EnvelopeListener {
  if (listeners.length === 0) return {}
  const [only] = listeners
  if (listeners.length === 1 && only !== undefined)
    return { segment: (segment, number) => only.segment?.(segment, number) }
  return {
    segment: (segment, number) => {
      for (const one of listeners) one.segment?.(segment, number)
    },
  }
}
