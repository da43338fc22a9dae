import { verdictCodes } from '../verdict/codes.ts'
import type { Verdict } from '../verdict/verdict.ts'

/** What the sender is told of: a warning is our own business. */
export function isTold({ severity }: Verdict): boolean {
  return severity === 'reject' || severity === 'accept'
}

/** The distinct codes of one column of the error list, those that reject first, at most as many as the segment carries. */
export function distinctCodes(
  verdicts: readonly Verdict[],
  codeOf: (verdict: Verdict) => string | undefined,
  most: number,
): readonly string[] {
  const ordered = [
    ...verdicts.filter(({ severity }) => severity === 'reject'),
    ...verdicts.filter((one) => one.severity === 'accept'),
  ]
  const codes = ordered.map(codeOf).filter((code) => code !== undefined)
  return [...new Set(codes)].slice(0, most)
}

/** AK304 and AK403 know fewer codes than IK304 and IK403: the nearest is taken. */
export function columnCode(
  verdict: Verdict,
  column: 'segment' | 'element' | 'group' | 'set',
  form: '997' | '999',
): string | undefined {
  const row = verdictCodes[verdict.code]
  const code = row[column]
  return form === '997' && row.older !== undefined ? (code === undefined ? undefined : row.older) : code
}

/** Code list 0085 by syntax version: what one of the two lists lacks becomes its nearest neighbour. */
export function contrlCode(verdict: Verdict, syntaxVersion: string): string {
  const code = verdictCodes[verdict.code].contrl ?? '18'
  return (syntaxVersion === '4' ? onlyThree[code] : onlyFour[code]) ?? code
}

const onlyThree: Readonly<Record<string, string>> = {
  '19': '37',
  '27': '18',
  '31': '14',
  '34': '15',
  '38': '37',
  '41': '18',
  '42': '18',
  '43': '23',
}
const onlyFour: Readonly<Record<string, string>> = { '45': '16', '46': '21', '47': '2', '48': '13' }

/** The bad value as the answer may carry it: without any byte that the answer itself needs. */
export function quotable(value: string, delimiters: readonly number[]): string {
  let text = ''
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0x20 && code !== 0x7f && !delimiters.includes(code)) text += character
  }
  return text.trim()
}
