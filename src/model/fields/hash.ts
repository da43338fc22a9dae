import { shaped } from './text.ts'

/** SHA-256 of bytes, FIPS 180-4, in 64 lower-case hexadecimal digits. */
export function sha256Hex(meaning: string) {
  return shaped(meaning, { pattern: '^[0-9a-f]{64}$', max: 64 })
}
