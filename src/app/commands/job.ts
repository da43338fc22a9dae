import type { Command } from 'commander'
import { type Answer, numberOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { bar, followed } from './followed-job.ts'

const rowsMax = 1000
const pollMs = 500

/** `interline job list`, `watch`, `pause`, `resume`, `cancel`: long work in the background. */
export function jobCommand(program: Command, perform: Perform): void {
  const job = program.command('job').description('long work in the background, such as replays')
  job
    .command('list', { isDefault: true })
    .alias('ls')
    .description('jobs, the newest first')
    .option('--state <state>', 'queued, running, paused, done, failed or cancelled')
    .action(perform(list))
  job.command('watch <job>').description('follow one until it ends').action(perform(watch))
  for (const [verb, about] of [
    ['pause', 'stop for now'],
    ['resume', 'go on where it was'],
    ['cancel', 'end it where it is, for good'],
  ] as const)
    job
      .command(`${verb} <job>`)
      .description(about)
      .action(perform((invocation) => change(invocation, verb)))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const rows = await invocation.hub().list('/v1/jobs', { state: options.text('state') }, rowsMax)
  const columns = ['id', 'status', 'total', 'done', 'failed', 'skipped', 'owner', 'about']
  output.rows(rows, columns, 'There is no job.')
  return exitCodes.ok
}

async function watch(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const hub = invocation.hub()
  const path = `/v1/jobs/${encodeURIComponent(args[0] ?? '')}`
  const goesOn = (job: Answer): boolean => ['queued', 'running'].includes(textOf(job, 'status'))
  return told(invocation, await followed({ hub, output }, await hub.call('GET', path), { path, pollMs, goesOn }))
}

async function change(invocation: Invocation, verb: string): Promise<ExitCode> {
  const path = `/v1/jobs/${encodeURIComponent(invocation.args[0] ?? '')}/${verb}`
  const job = await invocation.hub().call('POST', path)
  told(invocation, job)
  return exitCodes.ok
}

function told({ output }: Invocation, job: Answer): ExitCode {
  output.record(job)
  if (!output.json) {
    output.say(
      `${textOf(job, 'id')}  ${textOf(job, 'status')}  ${textOf(job, 'about')}  ${textOf(job, 'reason')}`.trimEnd(),
    )
    output.say(bar(job))
    if (recordsOf(job['samples']).length > 0 && job['dryRun'] === true)
      output.say(`${numberOf(job, 'newEffects')} new effects would leave.`)
  }
  if (['failed', 'cancelled'].includes(textOf(job, 'status'))) return exitCodes.failed
  return textOf(job, 'status') === 'partly_failed' ? exitCodes.partial : exitCodes.ok
}
