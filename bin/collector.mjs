/**
 * How Node is to run a hub. What survives a young collection is copied while everybody waits: at V8's own 64 MB that is 4 MB each time, at
 * 16 MB a third of it. Old garbage is let grow to 1.3 times what is in use and no more: V8 would wait for three times as much. Each costs a
 * few µs more per event and saves a good part of the memory. One thread helps the collector and not four: on two cores they keep the hub
 * and its database waiting. docs/explanation/cost.md has the figures.
 */
export const collector = ['--max-semi-space-size=16', '--heap-growing-percent=130', '--v8-pool-size=1']

/**
 * How glibc is to keep what is not V8's. Each thread has a heap of its own otherwise, and each keeps what was once in use: 20 to 40 MB less
 * with two of them, and nothing slower. Other systems do not know it.
 */
export const allocator = { MALLOC_ARENA_MAX: '2' }
