import { Type } from 'typebox'

/** A moment: RFC 3339 with seconds and an offset, `2026-03-31T10:00:00+02:00`. The offset is that of whoever told it; the hub itself writes `Z`. */
export function instant(meaning: string) {
  return Type.String({ description: meaning, format: 'date-time' })
}
