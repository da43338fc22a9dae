import { hasValidCheckDigit } from '../../model/check-digit.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import { packText } from '../bytes/text.ts'
import { packedAt, type Segment, textOf } from '../read/segment.ts'
import type { MarkElement } from './levels.ts'

/** A number whose last digit is a check, where a qualifier says what it is. */
interface CheckedNumber {
  readonly element: number
  readonly component?: number
  readonly qualifier: readonly [element: number, component: number]
  /** Packed as `packBytes` does. */
  readonly codes: readonly number[]
  readonly scheme: 'gtin' | 'gln' | 'sscc' | 'container'
}

const gtins = ['UP', 'UK', 'UA', 'EN'].map(packText)
const pairs = (first: number, last: number): CheckedNumber[] =>
  Array.from({ length: (last - first + 1) / 2 }, (_, at) => ({
    element: first + 2 * at + 1,
    qualifier: [first + 2 * at, 1] as const,
    codes: gtins,
    scheme: 'gtin' as const,
  }))

/** SSCC, GTIN, GLN and container numbers by the segment that carries them. */
const numbers: ReadonlyMap<number, readonly CheckedNumber[]> = new Map(
  Object.entries<readonly CheckedNumber[]>({
    IT1: pairs(6, 15),
    LIN: [...pairs(2, 11), { element: 3, qualifier: [3, 2], codes: ['EN', 'SRV', 'UP'].map(packText), scheme: 'gtin' }],
    MAN: [{ element: 2, qualifier: [1, 1], codes: ['GM'].map(packText), scheme: 'sscc' }],
    N1: [{ element: 4, qualifier: [3, 1], codes: ['UL'].map(packText), scheme: 'gln' }],
    PO1: pairs(6, 15),
    EQD: [{ element: 2, qualifier: [1, 1], codes: ['CN'].map(packText), scheme: 'container' }],
    GIN: [{ element: 2, qualifier: [1, 1], codes: ['BJ'].map(packText), scheme: 'sscc' }],
    NAD: [{ element: 2, qualifier: [2, 3], codes: ['9'].map(packText), scheme: 'gln' }],
  }).map(([tag, rules]) => [packText(tag), rules] as const),
)

const stop = packText('S5')
const bounds = { LS: packText('LS'), LE: packText('LE') }

/** Whether a segment carries something of these. */
export function isWatched(packed: number): boolean {
  return numbers.has(packed) || packed === stop || packed === bounds.LS || packed === bounds.LE
}

/** L5: check digits, the order of stops, and that the end of a bounded loop names its beginning. */
export class SituationCheck {
  #lastStop = 0
  readonly #opened: string[] = []

  reset(): void {
    this.#lastStop = 0
    this.#opened.length = 0
  }

  accept(segment: Segment, packed: number, mark: MarkElement): void {
    const rules = numbers.get(packed)
    if (rules !== undefined) for (const rule of rules) judge(segment, rule, mark)
    if (packed === stop) this.#stop(textOf(segment, 1), mark)
    else if (packed === bounds.LS) this.#opened.push(textOf(segment, 1))
    else if (packed === bounds.LE) {
      const id = textOf(segment, 1)
      if (this.#opened.pop() !== id) mark(1, id)('loop.bound_mismatch')
    }
  }

  #stop(text: string, mark: MarkElement): void {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (number <= this.#lastStop) mark(1, text)('sequence.wrong')
    this.#lastStop = Math.max(this.#lastStop, number)
  }
}

function judge(segment: Segment, rule: CheckedNumber, mark: MarkElement): void {
  const { element, component = 1, qualifier, codes, scheme } = rule
  if (!codes.includes(packedAt(segment, qualifier[0], qualifier[1]))) return
  const written = textOf(segment, element, component)
  const value = normalizeIdentifier({ scheme, value: written })
  if (value !== '' && hasValidCheckDigit(scheme, value) === false) mark(element, written)('check_digit.wrong')
}
