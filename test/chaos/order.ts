import type { Backbone } from '../../src/backbone/backbone.ts'

/** Documents of one item that stand in the ERP in another order than in the log. */
export async function factOrder(
  backbone: Backbone,
  documents: readonly { readonly sku: string; readonly movement: string }[],
): Promise<number> {
  const position = new Map<string, number>()
  for (let partition = 0; partition < backbone.partitions; partition++) {
    for (let after = -1; ; ) {
      const rows = await backbone.readLog(partition, after, 5000)
      const last = rows.at(-1)
      if (last === undefined) break
      for (const { fact, offset } of rows)
        if (fact.type === 'inventory.movement_posted')
          position.set((fact.data as { movement: string }).movement, offset)
      after = last.offset
    }
  }
  let violations = 0
  for (const list of Map.groupBy(documents, ({ sku }) => sku).values()) {
    let last = -1
    for (const { movement } of list) {
      const at = position.get(movement) ?? -1
      if (at < last) violations++
      last = Math.max(last, at)
    }
  }
  return violations
}
