import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { simulationUrl } from '../simulation.ts'
import type { Answer } from '../terminal/answer.ts'
import { hubClient } from '../terminal/client.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline sim`: the simulated network's day, and what goes wrong in it. */
export function simCommand(program: Command, perform: Perform): void {
  const sim = program.command('sim').description('the simulated network')
  sim
    .command('start')
    .description('begin a day; faults such as erp.lostReply=2%,late=5%')
    .option('--scenario <name>', 'which day', 'ordinary-day')
    .option('--fault <system.fault=value...>', 'what goes wrong from the beginning')
    .option('--seed <number>', 'same seed, same day')
    .option('--speed <factor>', 'simulated seconds per second')
    .action(perform(start))
  sim
    .command('fault <system.fault=value...>')
    .description('change faults now; 0 or off ends one, such as erp.outage=off')
    .action(perform(fault))
  sim
    .command('stop')
    .description('no new events; what is on its way arrives')
    .action(perform(control('stop')))
  sim
    .command('status')
    .description('clock, counts and faults')
    .action(perform(control('status')))
}

function start(invocation: Invocation): Promise<ExitCode> {
  const { options } = invocation
  const [seed, speed] = [options.integer('seed', 0), options.integer('speed', 1)]
  return post(invocation, 'start', {
    scenario: options.text('scenario'),
    faults: readFaults(options.texts('fault')),
    ...(seed === undefined ? {} : { seed }),
    ...(speed === undefined ? {} : { speed }),
  })
}

function fault(invocation: Invocation): Promise<ExitCode> {
  return post(invocation, 'fault', { faults: readFaults(invocation.args) })
}

function control(action: 'stop' | 'status'): (invocation: Invocation) => Promise<ExitCode> {
  return (invocation) => post(invocation, action, {})
}

/** `erp.lostReply=2%,late=5%` is two faults of the ERP: a name without a system belongs to the one before it. */
export function readFaults(texts: readonly string[]): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {}
  for (const text of texts) {
    let system: string | undefined
    for (const part of text.split(',')) {
      const [, named, name, value] = /^(?:([\w-]+)\.)?([\w-]+)=([^=]+)$/.exec(part.trim()) ?? []
      system = named ?? system
      if (system === undefined || name === undefined || value === undefined) {
        throw new InterlineError('USAGE_INVALID', {
          problem: `Expected system.fault=value, such as erp.lostReply=2%, found ${part}.`,
        })
      }
      faults[`${system}.${name}`] = value
    }
  }
  return faults
}

async function post(invocation: Invocation, action: string, json: unknown): Promise<ExitCode> {
  const { output } = invocation
  const simulation = hubClient({ url: simulationUrl(invocation.settings().dataDirectory) })
  const answer: Answer = await simulation.call('POST', `/control/${action}`, { json })
  output.record(answer)
  if (Object.keys(answer).length === 0) output.say('Done.')
  output.members(answer, Object.keys(answer))
  return exitCodes.ok
}
