import type { Command } from 'commander'
import { type Answer, numberOf, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline flow`, `pause`, `resume`, `drain`, `end-drain`, `reset-breaker`: how everything flows, and how it is stopped for a while. */
export function flowCommand(program: Command, perform: Perform): void {
  program
    .command('flow')
    .description('stages of the hub and all connections: rate, what waits and since when, errors, breaker, pauses')
    .action(perform(show))
  const reason = ['--reason <text>', 'why, for the audit and for everybody who sees it'] as const
  const stage = [
    '--stage <stage>',
    'translate (what it takes in) or dispatch (what is sent to it); both without it',
  ] as const
  program
    .command('pause <connection>')
    .description('stop a connection: what comes is kept and not understood, what is owed is kept and not sent')
    .requiredOption(...reason)
    .option(...stage)
    .action(perform((invocation) => turn(invocation, 'pause')))
  program
    .command('resume <connection>')
    .description('let it go on; what was kept follows by itself, in order')
    .requiredOption(...reason)
    .option(...stage)
    .action(perform((invocation) => turn(invocation, 'resume')))
  program
    .command('drain <connection>')
    .description('take nothing new and finish what there is; then the connection can be paused or removed without loss')
    .requiredOption(...reason)
    .action(perform((invocation) => drain(invocation, 'drain')))
  program
    .command('end-drain <connection>')
    .description('take new work again')
    .requiredOption(...reason)
    .action(perform((invocation) => drain(invocation, 'end-drain')))
  program
    .command('reset-breaker <connection>')
    .description('say that a system is well again: every instance closes its breaker and sends at once')
    .requiredOption(...reason)
    .action(perform(reset))
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const flow = await invocation.hub().call('GET', '/v1/flow')
  output.record(flow)
  if (output.json) return exitCodes.ok
  output.rows(recordsOf(flow['stages']), ['stage', 'waiting', 'oldestAt'], '')
  const columns = [
    'connection',
    'in/min',
    'parked',
    'out/min',
    'waiting',
    'oldest',
    'errors',
    'breaker',
    'paused',
    'drain',
  ]
  output.below(recordsOf(flow['connections']).map(lineOf), columns)
  return exitCodes.ok
}

function lineOf(one: Answer): Answer {
  const [into, out] = [recordOf(one['inbound']), recordOf(one['outbound'])]
  const share = out['errorShare']
  return {
    connection: textOf(one, 'id'),
    'in/min': textOf(into, 'perMinute'),
    parked: String(numberOf(into, 'parked') + numberOf(into, 'held') || ''),
    'out/min': textOf(out, 'perMinute'),
    waiting: textOf(out, 'waiting'),
    oldest: textOf(out, 'oldestAt'),
    errors: typeof share === 'number' ? `${Math.round(share * 100)} %` : '',
    breaker: out['isInMaintenance'] === true ? 'maintenance' : textOf(out, 'breaker'),
    drain: drainedOf(recordOf(one['drain'])),
    paused: [pausedOf('in', into), pausedOf('out', out)].filter((text) => text !== '').join('; '),
  }
}

function pausedOf(way: string, half: Answer): string {
  const pause = recordOf(half['pause'])
  const reason = textOf(pause, 'reason')
  return reason === '' ? '' : `${way} since ${textOf(pause, 'since')}: ${reason}`
}

/** Draining says what is left. */
function drainedOf(drain: Answer): string {
  const left = Object.entries(recordOf(drain['left'])).filter(([, count]) => count !== 0)
  return [textOf(drain, 'state'), left.map(([what, count]) => `${what} ${String(count)}`).join(', ')]
    .filter((text) => text !== '')
    .join(': ')
}

async function drain(invocation: Invocation, verb: 'drain' | 'end-drain'): Promise<ExitCode> {
  const { options, args, output } = invocation
  const json = { reason: options.text('reason') }
  const answer = await invocation.hub().call('POST', `${pathOf(args[0] ?? '')}/${verb}`, { json })
  const line = { ...answer, drain: drainedOf(recordOf(answer['drain'])) }
  output.rows([output.json ? answer : line], ['connection', 'drain', 'changed'], '')
  return exitCodes.ok
}

/** Without a stage both, as far as the connection has them. */
async function turn(invocation: Invocation, verb: 'pause' | 'resume'): Promise<ExitCode> {
  const { options, args, output } = invocation
  const [connection = ''] = args
  const json = { reason: options.text('reason') }
  const wanted = options.text('stage')
  const stages = wanted === undefined ? await stagesOf(invocation, connection) : [wanted]
  const answers: Answer[] = []
  for (const stage of stages)
    answers.push(await invocation.hub().call('POST', `${pathOf(connection)}/${verb}`, { json: { stage, ...json } }))
  output.rows(answers, ['connection', 'stage', 'isPaused', 'changed'], '')
  return exitCodes.ok
}

async function stagesOf(invocation: Invocation, connection: string): Promise<readonly string[]> {
  const flow = await invocation.hub().call('GET', '/v1/flow')
  const found = recordsOf(flow['connections']).find((one) => one['id'] === connection)
  const has = (half: string): boolean => found !== undefined && found[half] !== null
  const stages = [...(has('inbound') ? ['translate'] : []), ...(has('outbound') ? ['dispatch'] : [])]
  // The hub says what is wrong with a name that it does not know.
  return stages.length === 0 ? ['dispatch'] : stages
}

async function reset(invocation: Invocation): Promise<ExitCode> {
  const { options, args, output } = invocation
  const json = { reason: options.text('reason') }
  const answer = await invocation.hub().call('POST', `${pathOf(args[0] ?? '')}/reset-breaker`, { json })
  output.rows([answer], ['connection'], '')
  return exitCodes.ok
}

function pathOf(connection: string): string {
  return `/v1/flow/${encodeURIComponent(connection)}`
}
