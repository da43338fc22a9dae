import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { numberOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline reconcile`: do the ledger and the books of a target say the same? Fails when they do not. */
export function reconcileCommand(program: Command, perform: Perform): void {
  program
    .command('reconcile <connection>')
    .description('compare what was posted with what the target has booked; fails when they differ')
    .option('--stock', 'compare the stock instead, and say why it differs')
    .option('--since <instant>', 'settled at or after, RFC 3339 with offset; without it the last day')
    .action(perform(reconcile))
}

async function reconcile(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  if (options.flag('stock')) return compareStock(invocation)
  const since = options.text('since')
  const json = { connection: args[0], ...(since === undefined ? {} : { since }) }
  const answer = await invocation.hub().call('POST', '/v1/reconciliations', { json })
  output.record(answer)
  if (!output.json) {
    const [posted, booked] = [numberOf(answer, 'posted'), numberOf(answer, 'booked')]
    output.say(
      `${posted} postings settled from ${textOf(answer, 'from')} until ${textOf(answer, 'until')}; ` +
        `${booked} documents listed; ${numberOf(answer, 'inFlight')} under way`,
    )
    if (answer['complete'] !== true) output.say('There was more than can be compared at once: ask for a shorter time.')
    const columns = ['kind', 'externalReference', 'documentNumbers', 'state', 'naturalKey']
    output.rows(recordsOf(answer['differences']), columns, 'No differences.')
  }
  return numberOf(answer, 'count') === 0 && answer['complete'] === true ? exitCodes.ok : exitCodes.failed
}

const pauseMs = 250

/** Begins a comparison of stock and waits for its end. Differences that pass by themselves are listed too. */
async function compareStock(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const hub = invocation.hub()
  const begun = await hub.call('POST', '/v1/stock-comparisons', { json: { connection: args[0] } })
  const path = `/v1/stock-comparisons/${textOf(begun, 'id')}`
  let ended = begun
  for (; textOf(ended, 'state') === 'running'; ended = await hub.call('GET', path)) await sleep(pauseMs)
  output.record(ended)
  if (textOf(ended, 'state') === 'failed') {
    output.say(textOf(ended, 'problem'))
    return exitCodes.failed
  }
  if (!output.json) {
    output.say(
      `${numberOf(ended, 'items')} items and ${numberOf(ended, 'lines')} lines as of ${textOf(ended, 'takenAt')}; ` +
        `${numberOf(ended, 'unreadable')} items in units that cannot be converted`,
    )
    const rows = await hub.list(`${path}/differences`, {}, rowsMax)
    const columns = ['sku', 'location', 'status', 'lot', 'ours', 'theirs', 'difference', 'cause']
    output.rows(rows, columns, 'No differences.')
  }
  return numberOf(ended, 'differences') === 0 ? exitCodes.ok : exitCodes.failed
}

const rowsMax = 1000
