import type { Command } from 'commander'
import { variableOf } from '../environment.ts'
import { loadSettings } from '../settings/settings.ts'
import { shownSettings } from '../settings/shown-settings.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline config check` and `config print`. */
export function configCommand(program: Command, perform: Perform): void {
  const config = program.command('config').description('settings: what they are, where they come from')
  config.command('check').description('validate without starting').action(perform(check))
  config
    .command('print')
    .description('effective values with their source; secrets are never shown')
    .option('--redact', 'kept for scripts: secrets are hidden with and without it')
    .action(perform(print))
}

async function check({ environment, output }: Invocation): Promise<ExitCode> {
  loadSettings(environment)
  output.say('The settings are valid.')
  output.record({ valid: true })
  return exitCodes.ok
}

async function print({ environment, output }: Invocation): Promise<ExitCode> {
  const { settings, sources } = loadSettings(environment)
  const rows = shownSettings(settings).map(({ name, value }) => ({
    name,
    value,
    source: sources[name],
    variable: variableOf(name),
  }))
  output.rows(rows, ['name', 'value', 'source', 'variable'], '')
  return exitCodes.ok
}
