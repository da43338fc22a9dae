/** Longer codes are compared by their beginning. */
const charactersMax = 60

/** How many characters must be put in, taken out or changed to make one text of the other (Levenshtein). */
export function distance(one: string, other: string): number {
  const [a, b] = [one.slice(0, charactersMax), other.slice(0, charactersMax)]
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 1; line <= a.length; line++) {
    const next = [line]
    for (let column = 1; column <= b.length; column++) {
      const change = (row[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1)
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
