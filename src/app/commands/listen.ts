import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { EventReader, type StreamEvent } from '../event-reader.ts'
import { recordOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline listen TOPIC…`: what happens, as it happens, until somebody stops it. */
export function listenCommand(program: Command, perform: Perform): void {
  program
    .command('listen [topics...]')
    .description('show what happens as it happens: shipments, effects, parked, ...; without a topic everything')
    .option('--count <number>', 'end after so many events')
    .action(perform(listen))
}

async function listen(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const hub = invocation.hub()
  const reader = new EventReader()
  const query = args.length === 0 ? {} : { topics: args.join(',') }
  let left = options.integer('count', 1) ?? Number.POSITIVE_INFINITY
  while (left > 0) {
    try {
      for await (const text of hub.follow('/v1/stream', { query, lastId: reader.lastId })) {
        for (const event of reader.take(text)) {
          if (left-- > 0) show(invocation, event)
        }
        if (left <= 0) break
      }
    } catch (error) {
      // A hub that is away comes back; one that refuses does not change its mind.
      if (!(error instanceof InterlineError) || error.code !== 'HUB_UNREACHABLE' || reader.lastId === '') throw error
    }
    reader.restart()
    if (left <= 0) break
    output.progress('the hub is silent; coming back …')
    await sleep(reader.retryMs)
  }
  return exitCodes.ok
}

function show({ output }: Invocation, { name, data }: StreamEvent): void {
  const told = recordOf(JSON.parse(data))
  output.record({ event: name, ...told })
  const counts = Object.entries(recordOf(told['counts'])).map(([state, count]) => `${state} ${String(count)}`)
  const said = [textOf(told, 'time'), name, textOf(told, 'type'), textOf(told, 'subject'), counts.join(', ')]
  output.say(said.filter((one) => one !== '').join('  '))
}
