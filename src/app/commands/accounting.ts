import type { Command } from 'commander'
import { numberOf } from '../answer.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Invocation, Perform } from '../invocation.ts'

/** `interline accounting`: every message in exactly one state. Fails when one is unaccounted for. */
export function accountingCommand(program: Command, perform: Perform): void {
  program
    .command('accounting')
    .description('where every received message is; fails unless all are accounted for')
    .action(perform(accounting))
}

async function accounting(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const answer = await invocation.hub().call('GET', '/v1/accounting')
  output.record(answer)
  if (!output.json) {
    const rows = Object.entries(answer).map(([state, messages]) => ({ state, messages }))
    output.rows(rows, [{ key: 'state' }, { key: 'messages', right: true }], 'No counts.')
  }
  return typeof answer['unaccounted'] === 'number' && numberOf(answer, 'unaccounted') === 0
    ? exitCodes.ok
    : exitCodes.failed
}
