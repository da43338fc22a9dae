import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, numberOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { followed } from './followed-job.ts'

const pollMs = 250
/** What there was is done, failed, skipped or missing. */
const looked = ['status', 'total', 'done', 'failed', 'skipped', 'missing']
/** Only a dry run counts them: what a run does stands in the log and in the ledger. */
const would = ['newFacts', 'newEffects', 'knownEffects']

/** `interline replay`: yesterday once more, without telling anybody twice. */
export function replayCommand(program: Command, perform: Perform): void {
  program
    .command('replay [message...]')
    .description('translate and fold received messages again; a dry run unless --yes')
    .option('--connection <name>', 'messages of this connection')
    .option('--since <instant>', 'received at or after, RFC 3339 with offset')
    .option('--until <instant>', 'received before, RFC 3339 with offset')
    .option('--cause <code>', 'parked messages with this cause')
    .option('--per-second <count>', 'throttle')
    .option('--reason <text>', 'why, for the job and the audit log')
    .option('--dry-run', 'show what would happen; this is the default')
    .option('--yes', 'really do it')
    .option('--detach', 'do not wait for the end')
    .action(perform(replay))
}

async function replay(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  if (options.flag('yes') && options.flag('dryRun'))
    throw new InterlineError('USAGE_INVALID', { problem: 'Either --yes or --dry-run.' })
  const hub = invocation.hub()
  const json = {
    dryRun: !options.flag('yes'),
    ...(args.length === 0 ? {} : { messages: args }),
    ...present('connection', options.text('connection')),
    ...present('since', options.text('since')),
    ...present('until', options.text('until')),
    ...present('cause', options.text('cause')),
    ...present('perSecond', options.integer('perSecond', 1)),
    ...present('reason', options.text('reason')),
  }
  const made = await hub.call('POST', '/v1/replays', { json })
  const path = `/v1/replays/${encodeURIComponent(textOf(made, 'id'))}`
  const goesOn = (one: Answer): boolean => !options.flag('detach') && isRunning(one)
  const job = await followed({ hub, output }, made, { path, pollMs, goesOn })
  output.record(job)
  if (!output.json) show(invocation, job)
  return codeOf(job)
}

function show({ output }: Invocation, job: Answer): void {
  const dry = job['dryRun'] === true
  const members = [...looked, ...(dry ? would : [])].filter((member) => job[member] !== undefined)
  output.say(`Replay ${textOf(job, 'id')}${dry ? ' (dry run)' : ''}`)
  output.rows(
    members.map((member) => ({ member, value: job[member] })),
    [
      { key: 'member', title: '' },
      { key: 'value', title: '', right: true },
    ],
    '',
  )
  const samples = recordsOf(job['samples'])
  const keys = [...new Set(samples.flatMap((sample) => Object.keys(sample)))]
  if (samples.length > 0) output.rows(samples, keys, '')
  if (dry)
    output.say(`\nNothing was changed; ${numberOf(job, 'newEffects')} new effects would leave. Add --yes to do it.`)
}

function isRunning(job: Answer): boolean {
  return ['queued', 'running', 'pausing', 'paused', 'cancelling'].includes(textOf(job, 'status'))
}

function codeOf(job: Answer): ExitCode {
  if (isRunning(job)) return exitCodes.ok
  if (['failed', 'cancelled'].includes(textOf(job, 'status'))) return exitCodes.failed
  return numberOf(job, 'failed') > 0 ? exitCodes.partial : exitCodes.ok
}

function present(name: string, value: string | number | undefined): Readonly<Record<string, string | number>> {
  return value === undefined ? {} : { [name]: value }
}
