import type { Command } from 'commander'
import { numberOf, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline accounting`: every message in exactly one state. Fails when one is unaccounted for. */
export function accountingCommand(program: Command, perform: Perform): void {
  program
    .command('accounting')
    .description('where every received message is; fails unless all are accounted for')
    .option('--kept', 'instead: how long everything is kept, what goes next, and what is held although it is old')
    .action(perform(accounting))
}

async function accounting(invocation: Invocation): Promise<ExitCode> {
  if (invocation.options.flag('kept')) return kept(invocation)
  const { output } = invocation
  const answer = await invocation.hub().call('GET', '/v1/accounting')
  output.record(answer)
  if (!output.json) {
    const rows = Object.entries(answer).map(([state, messages]) => ({ state, messages }))
    output.rows(rows, ['state', { key: 'messages', right: true }], 'No counts.')
  }
  return typeof answer['unaccounted'] === 'number' && numberOf(answer, 'unaccounted') === 0
    ? exitCodes.ok
    : exitCodes.failed
}

async function kept(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const answer = await invocation.hub().call('GET', '/v1/retention')
  output.record(answer)
  if (output.json) return exitCodes.ok
  const [oldest, due] = [recordOf(answer['oldest']), recordOf(answer['due'])]
  const rows = Object.entries(recordOf(answer['keepDays'])).map(([kind, days]) => ({
    kind,
    days: days ?? 'for ever',
    oldest: textOf(oldest, kind),
    'goes next': due[kind] ?? '',
  }))
  output.rows(
    rows,
    ['kind', 'days', 'oldest', 'goes next'].map((key) => ({ key, right: key === 'days' || key === 'goes next' })),
    '',
  )
  const held = recordsOf(answer['held'])
  output.say(held.length === 0 ? '\nNothing is held longer than that.' : '\nHeld, although it is old:')
  if (held.length > 0) output.rows(held, ['kind', 'day', 'reason'], '')
  return exitCodes.ok
}
