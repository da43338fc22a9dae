/** Rows of a step that go to partitions: which ones, how many rows each, and where each row goes. */
export interface Spread {
  readonly partitions: readonly number[]
  readonly counts: readonly number[]
  /** Per row: place of its partition in `partitions`, from 1, and its number within the partition, from 0. */
  readonly places: readonly number[]
  readonly ranks: readonly number[]
}

/** Numbers rows partition by partition, as the database wants them: partitions ascending, rows in the order in which they came. */
export function spread(rows: readonly { readonly partition: number }[]): Spread {
  const partitions = [...new Set(rows.map(({ partition }) => partition))].sort((a, b) => a - b)
  const placeOf = new Map(partitions.map((partition, index) => [partition, index + 1]))
  const counts = partitions.map(() => 0)
  const places: number[] = []
  const ranks: number[] = []
  for (const { partition } of rows) {
    const place = placeOf.get(partition) ?? 0
    const rank = counts[place - 1] ?? 0
    counts[place - 1] = rank + 1
    places.push(place)
    ranks.push(rank)
  }
  return { partitions, counts, places, ranks }
}
