import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline poll`: which carriers are asked about shipments without news; with a number, asks about it now. */
export function pollCommand(program: Command, perform: Perform): void {
  program
    .command('poll [connection] [tracking-number]')
    .description('carriers that are asked about shipments without news; with a number: ask about it now')
    .option('--carrier <code>', 'carrier of the number, where the connection speaks for many')
    .action(perform(poll))
}

async function poll(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const [connection, trackingNumber] = args
  if (connection === undefined || trackingNumber === undefined) {
    const answer = await invocation.hub().call('GET', '/v1/polls')
    const rows = recordsOf(answer['data']).filter((row) => connection === undefined || row['connection'] === connection)
    if (connection !== undefined && rows.length === 0)
      throw new InterlineError('NOT_FOUND', { what: `connection ${connection} that asks carriers` })
    const flat = rows.map(({ outcomes, ...row }) => ({ ...row, ...(outcomes as Record<string, unknown>) }))
    const keys = ['connection', 'everyMinutes', 'news', 'nothing_new', 'unknown_number', 'failed', 'lastAskedAt']
    output.rows(flat, keys, 'No connection polls.')
    return exitCodes.ok
  }
  const carrier = options.text('carrier')
  const json = { connection, trackingNumber, ...(carrier === undefined ? {} : { carrier }) }
  const answer = await invocation.hub().call('POST', '/v1/polls', { json })
  output.record(answer)
  const outcome = textOf(answer, 'outcome')
  if (!output.json)
    output.say([outcome, textOf(answer, 'message'), textOf(answer, 'reason')].filter(Boolean).join(' · '))
  return outcome === 'news' || outcome === 'nothing_new' ? exitCodes.ok : exitCodes.failed
}
