import type { SetHeader } from './events.ts'

/** Whether a set is checked by the rules of another version than its own: `D.01B` for `D:99B:UN`, `005010` for `004030VICS`. */
export function isNeighbour({ syntax, version }: SetHeader, rules: string | undefined): boolean {
  if (rules === undefined) return false
  if (syntax === 'x12') return /^\d{6}$/.test(rules) && !version.startsWith(rules)
  return /^D\./.test(rules) && !version.startsWith(`${rules.replace('.', ':')}:`)
}
