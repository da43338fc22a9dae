import type { SetHeader } from './events.ts'

/** Whether a message is checked by the rules of another directory than its own: `D.01B` for `D:99B:UN`. */
export function isNeighbour({ syntax, version }: SetHeader, rules: string | undefined): boolean {
  return (
    syntax === 'edifact' &&
    rules !== undefined &&
    /^D\./.test(rules) &&
    !version.startsWith(`${rules.replace('.', ':')}:`)
  )
}
