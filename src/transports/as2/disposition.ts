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
  const match =
    /(?:^|;)\s*(processed|failed|displayed)\s*(?:\/\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*?))?)?\s*;?$/i.exec(
      text.trim(),
    )
  if (match === null) return undefined
  const [, type = '', kind = '', said = ''] = match.map((one) => one?.trim())
  const modifier = said === '' ? kind : said
  if (type.toLowerCase() === 'failed') return { kind: 'failed', modifier: modifier === '' ? 'unspecified' : modifier }
  if (kind === '') return { kind: 'processed' }
  // Of several modifiers the worst counts (RFC 8098 §3.2.6).
  const isWarning = kind.split(',').every((one) => one.trim().toLowerCase() === 'warning')
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
