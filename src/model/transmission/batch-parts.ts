import type { AnswerDraft } from '../interchange/report.ts'
import { groupSlot } from '../interchange/report.ts'

/**
 * A document that leaves in one interchange with others: the pieces that it is put together from. Slots are characters of the private
 * use area: of control numbers as in an `AnswerDraft`, and these.
 */
export interface BatchParts {
  /** Only documents of one key go into one interchange: they have the same delimiters. */
  readonly key: string
  /** Header and trailer of the interchange. */
  readonly open: string
  readonly close: string
  /** Absent: the standard needs no groups. */
  readonly group?: { readonly key: string; readonly open: string; readonly close: string }
  readonly set: string
  /** Width that the number of the set is filled up to with zeros. */
  readonly setWidth: number
}

/** Control number of the set. */
export const setSlot = '\uF8F0'
/** How many sets are in the group; in the interchange, where there are no groups. */
export const setsSlot = '\uF8F1'
/** How many groups are in the interchange. */
export const groupsSlot = '\uF8F2'

/** Where a document stands in its interchange. */
export interface Place {
  /** Which group, from 0; absent where there are none. */
  readonly group?: number
  /** Control number of the set. */
  readonly set: string
}

/** The interchange but for its control numbers, and the place of each document in it. Groups stand in the order in which they first occur. */
export function assembled(
  documents: readonly BatchParts[],
  width: number,
): { readonly draft: AnswerDraft; readonly places: readonly Place[] } {
  const envelope = documents.at(-1)
  if (envelope === undefined) throw new RangeError('a batch has documents')
  const groups = [...Map.groupBy(documents.keys(), (at) => documents[at]?.group?.key ?? '').values()]
  const hasGroups = envelope.group !== undefined
  const places: Place[] = []
  let number = 0
  const bodies = groups.map((members, index) => {
    const sets = members.map((at) => {
      const parts = documents[at] ?? envelope
      // Counted through the interchange: partners look for a set by its number alone.
      const set = `${++number}`.padStart(parts.setWidth, '0')
      places[at] = hasGroups ? { group: index, set } : { set }
      return parts.set.replaceAll(setSlot, set)
    })
    const { group } = documents[members[0] ?? 0] ?? envelope
    if (group === undefined) return sets.join('')
    const slot = String.fromCharCode(groupSlot + index)
    const numbered = (text: string): string => text.replaceAll(String.fromCharCode(groupSlot), slot)
    return `${numbered(group.open)}${sets.join('')}${numbered(group.close).replaceAll(setsSlot, `${sets.length}`)}`
  })
  const close = envelope.close.replaceAll(groupsSlot, `${groups.length}`).replaceAll(setsSlot, `${documents.length}`)
  return {
    draft: { text: `${envelope.open}${bodies.join('')}${close}`, groups: hasGroups ? groups.length : 0, width },
    places,
  }
}

/** The document alone, with its number. */
export function setText(parts: BatchParts, set: string): string {
  return parts.set.replaceAll(setSlot, set)
}
