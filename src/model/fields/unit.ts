import { text } from './text.ts'

/**
 * A unit of measure, UN/ECE Recommendation 20: C62 is a piece, KGM a kilogram. A packaging level is X and its code of Recommendation
 * 21: XCT is a carton. No pattern, because a unit that no table knows stays as its sender wrote it.
 */
export function unit(meaning: string) {
  return text(meaning, 35)
}
