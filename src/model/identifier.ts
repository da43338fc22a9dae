import type { Reference } from './fact.ts'

/** What matching uses (model.md 3.2): how an identifier of a scheme is written does not matter, its leading zeros sometimes do. */
export function normalizeIdentifier({ scheme, value }: Pick<Reference, 'scheme' | 'value'>): string {
  const trimmed = value.trim()
  switch (scheme) {
    case 'tracking_number':
    case 'container':
    case 'pro':
      return trimmed.toUpperCase().replaceAll(/[\s-]/g, '')
    case 'sscc':
      return trimmed.replace(/^\(?00\)?(?=\d{18}$)/, '').replaceAll(/\s/g, '')
    case 'gtin':
      return /^\d{8,14}$/.test(trimmed) ? trimmed.padStart(14, '0') : trimmed
    case 'awb':
      return trimmed.replaceAll(/[\s-]/g, '')
    case 'delivery':
    case 'shipment':
    case 'order':
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
  return `${tenant}|${entity}|${reference.scheme}|${global.has(reference.scheme) ? '' : (reference.issuer ?? '')}|${normalized}`
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
