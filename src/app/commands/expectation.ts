import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline expectation list`: what has to happen, of which object, and by when. */
export function expectationCommand(program: Command, perform: Perform): void {
  program
    .command('expectation')
    .description('what has to happen, and by when')
    .command('list', { isDefault: true })
    .alias('ls')
    .description('all that the hub waits for, what is late first')
    .option('--object <id>', 'only of this object')
    .option('--overdue', 'only what is late already')
    .action(perform(list))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const query = { object: options.text('object'), overdue: options.flag('overdue') ? 'true' : undefined }
  const rows = await invocation.hub().list('/v1/expectations', query, rowsMax)
  const columns = ['dueAt', 'overdue', 'object', 'name', 'expected']
  output.rows(rows, columns, 'Nothing is awaited.')
  return exitCodes.ok
}
