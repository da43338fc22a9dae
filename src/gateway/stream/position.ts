/**
 * Where a listener stands: the last fact of each partition that it has been told, and what the counts without facts looked like. As
 * text it is the id of an event. It says nothing that needs hiding, and one that does not fit leads to a fresh start, so it is not signed.
 */
export interface Position {
  readonly offsets: readonly number[]
  /** Fingerprint of the counts that a tenant was told. */
  readonly mark: string
}

/** `1.<offset + 1 of each partition, base 36>.<mark>`. */
export function positionText({ offsets, mark }: Position): string {
  return `1.${offsets.map((offset) => (offset + 1).toString(36)).join('-')}.${mark}`
}

/** Undefined for what is no position in a log of so many partitions: somebody else's text, or of a log that was laid out differently. */
export function readPosition(text: string, partitions: number): Position | undefined {
  const [, numbers = '', mark = ''] = /^1\.([\da-z]{1,9}(?:-[\da-z]{1,9})*)\.([\da-z]{0,16})$/.exec(text) ?? []
  const offsets = numbers.split('-').map((number) => Number.parseInt(number, 36) - 1)
  return numbers !== '' && offsets.length === partitions ? { offsets, mark } : undefined
}

/** How many facts lie between two positions; undefined when `from` is ahead of `to` anywhere: then it is of another log. */
export function distance(from: readonly number[], to: readonly number[]): number | undefined {
  let sum = 0
  for (const [partition, offset] of to.entries()) {
    const behind = offset - (from[partition] ?? -1)
    if (behind < 0) return undefined
    sum += behind
  }
  return sum
}
