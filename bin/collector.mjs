/**
 * How Node is to run a hub. What survives a young collection is copied while everybody waits: at V8's own 64 MB that is 4 MB each time, at
 * 16 MB a third of it. Old garbage is let grow to 1.3 times what is in use and no more: V8 would wait for three times as much. Each costs a
 * few µs more per event and saves a good part of the memory. One thread helps the collector and not four: on two cores they keep the hub
 * and its database waiting. docs/explanation/cost.md has the figures.
 */
export const collector = ['--max-semi-space-size=16', '--heap-growing-percent=130', '--v8-pool-size=1']
