import { systemEnvironment } from './environment.ts'
import { runProgram } from './program.ts'

// The process ends when nothing is left to do: `start` leaves a hub running.
process.exitCode = await runProgram(
  process.argv.slice(2),
  {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    isWatched: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 100,
    rows: process.stdout.rows,
  },
  systemEnvironment(),
)
