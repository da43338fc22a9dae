import type { Breath } from './ports.ts'

/** For work that nobody has to wait for: it is done in one go. */
export const unbroken: Breath = { pause: () => undefined }

/** Maps in order, with pauses in which everybody else has the thread. */
export async function mapWithPauses<T, R>(
  breath: Breath,
  items: readonly T[],
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) {
    results.push(work(item, index))
    const pause = breath.pause()
    if (pause !== undefined) await pause
  }
  return results
}
