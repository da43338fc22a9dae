import { compare } from '../../base/decimal.ts'
import { shortHash } from '../../base/sha256.ts'
import { entities } from '../../model/fact.ts'
import type { Data } from '../posting.ts'
import { decimal, type Line, text } from '../told-document.ts'
import { isComplete, lessOf } from './comparison.ts'
import { heldOf, type QualityPart, staying } from './counted.ts'
import type { Here } from './known.ts'

/** Lines of the receipt that stay and may not be used before somebody has looked at them, decided or not. */
export function heldLines(scope: Here): readonly Line[] {
  const receipt = scope.known.receipts[scope.branchKey]
  return receipt === undefined ? [] : heldOf(scope, staying(receipt, scope.chosen))
}

/** What quality has decided so far, the first decision first. Version 3 decided about all at once. */
export function decidedParts(scope: Here): readonly QualityPart[] {
  const parts = scope.chosen['parts'] as readonly QualityPart[] | undefined
  const quality = scope.choice('quality')
  if (parts !== undefined || quality === '') return parts ?? []
  return [{ name: '', decision: quality, lines: heldLines(scope) }]
}

/** What was decided one way, part by part. */
export function partsOf(scope: Here, decision: string): readonly QualityPart[] {
  return decidedParts(scope).filter((one) => one.decision === decision)
}

/** The part that was decided last. Undefined: none was, or nobody knew what was meant. */
export function newestPart(scope: Here): QualityPart | undefined {
  return scope.chosen['unclear'] === true ? undefined : decidedParts(scope).at(-1)
}

/** Whether it did not pass. */
export function isFailed({ decision }: Pick<QualityPart, 'decision'>): boolean {
  return decision !== 'release'
}

/** What nobody has decided about yet. */
export function stillHeld(scope: Here): readonly Line[] {
  return lessOf(
    heldLines(scope),
    decidedParts(scope).flatMap(({ lines }) => lines),
  )
}

/** Which of what is held a person decided about; undefined: it is not held, more than is held, or nobody knows of which line. */
function meantLines(held: readonly Line[], data: Data): readonly Line[] | undefined {
  const named = (member: 'line' | 'lot') => text(data[member])
  const meant = held.filter(
    ({ line, lot }) => (named('line') ?? line) === line && (named('lot') === undefined || named('lot') === lot),
  )
  const [only] = meant
  if (only === undefined) return undefined
  if (text(data['quantity']) === undefined) return meant
  const quantity = decimal(data['quantity'])
  // How much of two lines together says nothing of either.
  if (meant.length > 1 || quantity === undefined || only.quantity === undefined) return undefined
  if (compare(quantity, '0') <= 0 || compare(quantity, only.quantity) > 0) return undefined
  return [{ ...only, quantity }]
}

/** What a person has just decided of what is held; undefined: nothing, or nobody knows what is meant. */
function answeredPart(scope: Here): QualityPart | undefined {
  const answer = scope.answer('quality-decision')
  const held = stillHeld(scope)
  const lines = answer === undefined ? undefined : meantLines(held, answer.data ?? {})
  if (answer === undefined || lines === undefined) return undefined
  return named(scope, { decision: answer.decision, lines, ...(answer.reason ? { reason: answer.reason } : {}) })
}

/** All that is left, as the warehouse decided it; undefined: it has not said so of all of it. */
function endedPart(scope: Here): QualityPart | undefined {
  const decision = isHeldUntil(scope, 'released') ? 'release' : isHeldUntil(scope, ...failed) ? 'return' : undefined
  return decision === undefined ? undefined : named(scope, { decision, lines: stillHeld(scope) })
}

/** One that is about all that is held is told as it always was; the others are counted. */
function named(scope: Here, part: Omit<QualityPart, 'name'>): QualityPart {
  const count = decidedParts(scope).length
  const isWhole = count === 0 && lessOf(heldLines(scope), part.lines).length === 0
  return { ...part, name: isWhole ? '' : `${count + 1}` }
}

/** All that is decided with what was decided just now; undefined: nothing was, or nobody knows what is meant. */
export function decidedNow(scope: Here): readonly QualityPart[] | undefined {
  const part = answeredPart(scope) ?? endedPart(scope)
  return part === undefined ? undefined : [...decidedParts(scope), part]
}

/** Whether nothing is held any more after these. */
export function isAllDecided(scope: Here, parts: readonly QualityPart[]): boolean {
  return (
    lessOf(
      heldLines(scope),
      parts.flatMap(({ lines }) => lines),
    ).length === 0
  )
}

/** Hub id of the hold on what is left, or of that on a part that was decided apart from it. */
export function holdId(scope: Here, part = ''): string {
  const suffix = part === '' ? '' : `|${part}`
  return `${entities.quality_hold}_${shortHash(`${scope.tenant}|${scope.key}|${scope.branchKey}${suffix}`)}`
}

/** Whether the warehouse says of all that is held that it ended so. A hold of which nobody told the goods is one of all of them. */
function isHeldUntil(scope: Here, ...ends: readonly string[]): boolean {
  const parts = decidedParts(scope)
  // What the process says itself comes back to it: that is no word of the warehouse.
  const ours = new Set([holdId(scope), ...parts.map(({ name }) => holdId(scope, name))])
  const own = Object.values(scope.known.holds).filter(
    (one) => !ours.has(one.id) && (text(one.more['receiptNumber']) ?? one.number) === scope.branchKey,
  )
  const ended = own.filter(({ said }) => said.some((one) => ends.includes(one)))
  const others = own.filter((one) => !ended.includes(one) && one.said.some((said) => over.has(said)))
  if (ended.length === 0 || others.length > 0) return false
  // Once a part is decided, a word without goods may be the answer to that part.
  const isOfAll = parts.length === 0 && ended.some(({ lines }) => lines.length === 0)
  return (
    isOfAll ||
    isComplete(
      heldLines(scope),
      ended.flatMap(({ lines }) => lines),
      '0',
    )
  )
}

const failed = ['rejected', 'returned_to_vendor'] as const
const over: ReadonlySet<string> = new Set(['released', ...failed])
