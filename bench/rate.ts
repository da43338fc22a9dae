/** Megabytes in a second of processor time, the best of several runs: other work on the machine counts less that way. */
export async function rate(bytes: number, run: () => unknown, turns = 5): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < turns; turn++) {
    const before = process.cpuUsage()
    await run()
    const used = process.cpuUsage(before)
    best = Math.min(best, (used.user + used.system) / 1_000)
  }
  return Math.round(bytes / 1_000 / best)
}
