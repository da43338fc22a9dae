import { systemEnvironment } from './environment.ts'
import { runProgram } from './terminal/program.ts'

// Whoever reads along has seen enough (`| head`): nothing is left to say, and that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

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
