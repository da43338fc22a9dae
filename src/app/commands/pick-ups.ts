import type { Command } from 'commander'
import { numberOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline pick-ups`: where files come from, and whether they do. Exit code 1 while one of them fails. */
export function pickUpsCommand(program: Command, perform: Perform): void {
  program
    .command('pick-ups')
    .description('folders and mailboxes that files are picked up from, and how each stands')
    .action(perform(pickUps))
}

async function pickUps(invocation: Invocation): Promise<ExitCode> {
  const answer = await invocation.hub().call('GET', '/v1/pick-ups')
  const data = recordsOf(answer['data'])
  const rows = data.map((one) => ({
    connection: textOf(one, 'connection'),
    protocol: textOf(one, 'protocol'),
    state: [textOf(one, 'state'), textOf(one, 'reason')].filter((text) => text !== '').join(' '),
    taken: numberOf(one, 'taken'),
    refused: numberOf(one, 'refused'),
    failed: numberOf(one, 'failed'),
    waiting: numberOf(one, 'waiting'),
    looked: textOf(one, 'lookedAt').slice(0, 19).replace('T', ' '),
  }))
  const numbers = ['taken', 'refused', 'failed', 'waiting'].map((key) => ({ key, right: true }))
  const columns = ['connection', 'protocol', 'state', ...numbers, 'looked']
  invocation.output.rows(rows, columns, 'No pick-ups are declared.')
  return data.some((one) => textOf(one, 'state') === 'failing') ? exitCodes.failed : exitCodes.ok
}
