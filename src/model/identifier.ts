import { hasValidCheckDigit } from './check-digit.ts'
import type { Reference } from './fact.ts'

/** What matching uses (model.md 3.2): how an identifier of a scheme is written does not matter, its leading zeros sometimes do. */
export function normalizeIdentifier({ scheme, value }: Pick<Reference, 'scheme' | 'value'>): string {
  const trimmed = value.trim()
  switch (scheme) {
    case 'tracking_number':
    case 'container':
    case 'pro':
      // Most are written as they are meant.
      return /^[A-Z\d]*$/.test(trimmed) ? trimmed : trimmed.toUpperCase().replaceAll(/[\s-]/g, '')
    case 'sscc':
      return trimmed.replaceAll(/\s/g, '').replace(/^(\(00\)|00)(?=\d{18}$)/, '')
    case 'gtin':
      return /^\d{8,14}$/.test(trimmed) ? trimmed.padStart(14, '0') : trimmed
    case 'awb':
      return trimmed.replaceAll(/[\s-]/g, '')
    case 'delivery':
    case 'shipment':
    case 'order':
    case 'sales_order':
    case 'purchase_order':
    case 'invoice':
      return /^\d+$/.test(trimmed) ? trimmed.replace(/^0+(?=\d)/, '') : trimmed
    case 'scac':
    case 'unlocode':
      return trimmed.toUpperCase()
    default:
      return trimmed
  }
}

/** One text per (tenant, entity, scheme, issuer, normalised value); a globally unique scheme has no issuer. */
export function identifierKey(input: {
  readonly tenant: string
  readonly entity: string
  readonly reference: Reference
  readonly normalized: string
}): string {
  const { tenant, entity, reference, normalized } = input
  const issuer = global.has(reference.scheme) ? '' : (reference.issuer ?? '')
  return `${part(tenant)}|${entity}|${part(reference.scheme)}|${part(issuer)}|${part(normalized)}`
}

/** A value with a bar in it must not pass for an issuer and a value. */
function part(text: string): string {
  return text.includes('|') || text.includes('%') ? text.replaceAll('%', '%25').replaceAll('|', '%7C') : text
}

const global: ReadonlySet<string> = new Set([
  'sscc',
  'gtin',
  'gln',
  'container',
  'awb',
  'unlocode',
  'scac',
  'duns',
  'vat',
])

/** Days from first use for which a number means the same object; carriers use theirs again. Undefined: for ever. */
export function identifierValidDays(scheme: string): number | undefined {
  return scheme === 'tracking_number' || scheme === 'pro' ? 120 : undefined
}

/** Whether a number that was first used at `firstUsedMs` still means the same object at `atMs`. Half-open; earlier use is the same use. */
export function isIdentifierValid(
  scheme: string,
  use: { readonly firstUsedMs: number; readonly atMs: number },
): boolean {
  const days = identifierValidDays(scheme)
  return days === undefined || Math.abs(use.atMs - use.firstUsedMs) < days * 86_400_000
}

/** What is odd about an identifier: shown beside it, never a reason to refuse the message. */
export function identifierWarning(reference: Pick<Reference, 'scheme' | 'value'>): 'check_digit' | undefined {
  return hasValidCheckDigit(reference.scheme, normalizeIdentifier(reference)) === false ? 'check_digit' : undefined
}
