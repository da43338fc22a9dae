import { isCountry } from './country.ts'

/**
 * Whether the check digit fits (model.md 13); undefined for schemes without one. A wrong one is a warning, not a reason to refuse a
 * message.
 */
export function hasValidCheckDigit(scheme: string, value: string): boolean | undefined {
  switch (scheme) {
    case 'gtin':
      return [8, 12, 13, 14].includes(value.length) && gs1(value)
    case 'tracking_number':
      return trackingNumber(value)
    case 'gln':
      return value.length === 13 && gs1(value)
    case 'sscc': {
      const bare = value.replace(/^\(00\)/, '')
      return bare.length === 18 && gs1(bare)
    }
    case 'container':
      return iso6346(value)
    case 'awb':
      return airWaybill(value)
    case 'imo':
      return imo(value)
    default:
      return undefined
  }
}

/** GS1: from the right, without the check digit, weights 3, 1, 3, 1 … */
export function gs1(digits: string): boolean {
  if (!/^\d{2,18}$/.test(digits)) return false
  let sum = 0
  for (let i = digits.length - 2, weight = 3; i >= 0; i--, weight = 4 - weight) sum += Number(digits[i]) * weight
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1))
}

/** ISO 6346: letters count 10 and up, leaving out multiples of 11; powers of two as weights; mod 11, mod 10. */
export function iso6346(text: string): boolean {
  if (!/^[A-Z]{3}[UJZ]\d{7}$/.test(text)) return false
  let sum = 0
  for (let i = 0; i < 10; i++) sum += valueOf(text.charCodeAt(i)) << i
  return (sum % 11) % 10 === Number(text[10])
}

/** Most carriers' numbers have no check digit that is known; those that have say so by their shape. */
function trackingNumber(value: string): boolean | undefined {
  if (/^1Z[0-9A-Z]{16}$/.test(value)) return ups1Z(value)
  return /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(value) ? s10(value) : undefined
}

/** UPU S10: weights 8 6 4 2 3 5 9 7, and the last two letters are a country. */
export function s10(text: string): boolean {
  const match = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(text)
  if (match === null) return false
  const weights = [8, 6, 4, 2, 3, 5, 9, 7]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(match[1]?.[index]), 0)
  const rest = 11 - (sum % 11)
  return (rest === 10 ? 0 : rest === 11 ? 5 : rest) === Number(match[2]) && isCountry(text.slice(-2))
}

/** UPS 1Z: letters are (code − 63) mod 10, every second character counts double. */
export function ups1Z(text: string): boolean {
  if (!/^1Z[0-9A-Z]{15}\d$/.test(text)) return false
  let sum = 0
  for (let i = 2; i < 17; i++) {
    const code = text.charCodeAt(i)
    const value = code >= 65 ? (code - 63) % 10 : code - 48
    sum += i % 2 === 1 ? value * 2 : value
  }
  return (10 - (sum % 10)) % 10 === Number(text[17])
}

/** IATA air waybill: the serial mod 7. */
export function airWaybill(text: string): boolean {
  const match = /^\d{3}-?(\d{7})(\d)$/.exec(text)
  return match !== null && Number(match[1]) % 7 === Number(match[2])
}

/** IMO ship number: six digits times 7 … 2. */
export function imo(text: string): boolean {
  const match = /^(?:IMO)?(\d{6})(\d)$/.exec(text)
  if (match === null) return false
  const sum = (match[1] ?? '').split('').reduce((total, digit, index) => total + Number(digit) * (7 - index), 0)
  return sum % 10 === Number(match[2])
}

function valueOf(code: number): number {
  if (code < 65) return code - 48
  const plain = code - 55
  return plain + Math.floor((plain - 1) / 10)
}
