/**
 * How Node is to run a hub. What survives a young collection is copied while everybody waits: at V8's own 64 MB that is 4 MB each time, at
 * 16 MB a third of it. It costs a few µs more per event and saves 70 MB. docs/explanation/cost.md has the figures.
 */
export const collector = ['--max-semi-space-size=16']
