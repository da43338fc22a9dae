import type { Command } from 'commander'
import { numberOf, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline system`: instances, partitions and the database, as whoever runs the hub has to know them. */
export function systemCommand(program: Command, perform: Perform): void {
  program
    .command('system')
    .description(
      'instances of the hub, who works on which partition, and the database; settings: interline config print',
    )
    .action(perform(show))
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const system = await invocation.hub().call('GET', '/v1/system')
  output.record(system)
  if (output.json) return exitCodes.ok
  const instances = ['instance', 'version', 'host', 'process', 'roles', 'startedAt', 'isSilent', 'eventLoopDelayMs']
  output.rows(recordsOf(system['instances']), instances, 'No instance was heard of.')
  output.below(recordsOf(system['partitions']), ['stage', 'partition', 'instance', 'epoch', 'waiting'])
  const database = recordOf(system['database'])
  const megabytes = Math.round(numberOf(database, 'bytes') / 1e6)
  output.say(
    `\nPostgreSQL ${textOf(database, 'version')}, ${megabytes} MB, ${textOf(database, 'connections')} of ${textOf(database, 'connectionsMost')} connections, migration ${textOf(database, 'migration')}`,
  )
  output.below(recordsOf(database['tables']), ['name', 'bytes'])
  return exitCodes.ok
}
