import { readSettings } from '../../src/base/fields.ts'
import { ediPartner } from '../../src/connectors/edi-partner/connector.ts'
import { writeOwed } from '../../src/connectors/edi-partner/documents/document.ts'
import type { Agreement } from '../../src/connectors/edi-partner/policy.ts'
import { agreement } from '../../src/connectors/edi-partner/settings.ts'
import { filled } from '../../src/model/interchange/interchange.ts'

const at = Date.UTC(2026, 2, 1, 8, 30)

/** What we agreed with an invented partner. */
export function agreed(more: Readonly<Record<string, unknown>> = {}): Agreement {
  return readSettings(agreement, {
    partnerId: 'MERIDIANCARRIER',
    ownId: 'HARBORGOODSLTD',
    containerOrder: '12',
    ...more,
  })
}

const numbers = { interchange: 7, group: 3 }

/** The interchange of the document that the command owes, with its numbers. */
export function textOf(command: string, payload: unknown, settings: Agreement, purpose?: 'change'): string {
  return filled(
    writeOwed({ command, payload, ...(purpose === undefined ? {} : { purpose }) }, { settings, at }),
    numbers,
  )
}

/** What our own door makes of it. */
export function understood(
  text: string,
  settings: Agreement,
): readonly { readonly type: string; readonly data: unknown }[] {
  const bytes = new TextEncoder().encode(text)
  const reading = { bytes, contentType: '', headers: {}, content: undefined }
  const context = { settings, connection: 'mirror', receivedAt: at, messageId: 'msg_0-0' }
  const translation = ediPartner.inbound?.translate(reading, context)
  return translation !== undefined && 'assertions' in translation ? translation.assertions : []
}

/** The other side of the relationship: who was the partner is we. */
export const mirror = agreed({ partnerId: 'HARBORGOODSLTD', ownId: 'MERIDIANCARRIER' })
