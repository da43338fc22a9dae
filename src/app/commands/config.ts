import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Invocation, Perform } from '../invocation.ts'
import { loadSettings, type SettingName, settingFields, variableOf } from '../settings.ts'

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
  const rows = (Object.keys(settingFields) as SettingName[]).map((name) => ({
    name,
    value: settingFields[name].secret && settings[name] !== '' ? '(secret)' : shown(settings[name]),
    source: sources[name],
    variable: variableOf(name),
  }))
  output.rows(rows, [{ key: 'name' }, { key: 'value' }, { key: 'source' }, { key: 'variable' }], '')
  return exitCodes.ok
}

function shown(value: unknown): unknown {
  return Array.isArray(value) ? value.join(',') : value
}
