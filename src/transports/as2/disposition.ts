import type { As2FailureCode } from './failure.ts'

/** What a receipt says has become of a message (RFC 4130 §7.4.3). */
export type Disposition =
  | { readonly kind: 'processed' }
  /** Taken, with a remark; `duplicate-document` means that it was taken before. */
  | { readonly kind: 'warning'; readonly modifier: string }
  | { readonly kind: 'error'; readonly modifier: string }
  /** Not even looked at: a format or digest that is not offered. */
  | { readonly kind: 'failed'; readonly modifier: string }

/** How a failure is told. */
export function dispositionOf(code: As2FailureCode): Disposition {
  return { kind: code.startsWith('unsupported') ? 'failed' : 'error', modifier: code }
}

/** What a receipt of ours says in its field Disposition (RFC 4130 §7.4.3). */
export function writeDisposition(disposition: Disposition): string {
  return `automatic-action/MDN-sent-automatically; ${writeKind(disposition)}`
}

/** Reads liberally: any case, any mode or none, `processed/Error: text`, `failed/Failure: text`, several modifiers. Undefined when it says nothing known. */
export function readDisposition(text: string): Disposition | undefined {
  const match = /(?:^|;)\s*(processed|failed|displayed)(?![\w-])/i.exec(text)
  if (match === null) return undefined
  const rest = text.slice(match.index + match[0].length).trim()
  const told = (rest.endsWith(';') ? rest.slice(0, -1) : rest).trim()
  const kinds = (told.split(':', 1)[0] ?? '').slice(1).split(',')
  if (told !== '' && (!told.startsWith('/') || !kinds.every((one) => /^[\w-]+$/.test(one.trim())))) return undefined
  const said = told.includes(':') ? told.slice(told.indexOf(':') + 1).trim() : ''
  const modifier = said === '' ? kinds.join(',').trim() : said
  if (match[1]?.toLowerCase() === 'failed')
    return { kind: 'failed', modifier: modifier === '' ? 'unspecified' : modifier }
  if (told === '') return { kind: 'processed' }
  // Of several modifiers the worst counts (RFC 8098 §3.2.6).
  const isWarning = kinds.every((one) => one.trim().toLowerCase() === 'warning')
  return { kind: isWarning ? 'warning' : 'error', modifier }
}

function writeKind(disposition: Disposition): string {
  switch (disposition.kind) {
    case 'processed':
      return 'processed'
    case 'warning':
      return `processed/warning: ${disposition.modifier}`
    case 'error':
      return `processed/error: ${disposition.modifier}`
    case 'failed':
      return `failed/failure: ${disposition.modifier}`
  }
}
