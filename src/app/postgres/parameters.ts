import { InterlineError } from '../../base/errors.ts'

/** What the embedded server runs with. Given on the command line, so that files in the data folder cannot loosen it. */
const defaults: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // One way in, guarded by a password of its own; a socket path may be too long, and its lock outlives a kill -9.
  unix_socket_directories: '',
  max_connections: '60',
  // Small checkpoints triple the WAL.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  // A holder whose link was cut keeps its locks for two hours otherwise; with these 4 s.
  tcp_keepalives_idle: '2',
  tcp_keepalives_interval: '1',
  tcp_keepalives_count: '3',
  client_connection_check_interval: '2s',
  idle_in_transaction_session_timeout: '10s',
  jit: 'off',
  // Nothing that a partner sent may reach the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  timezone: 'UTC',
}

/** Without these a power cut loses what was acknowledged. */
const needed: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_write', 'remote_apply'],
}

const fixed = new Set([
  'port',
  'listen_addresses',
  'unix_socket_directories',
  'data_directory',
  'hba_file',
  'ident_file',
  'config_file',
])

/** Defaults and the operator's `name=value` texts. Throws DATABASE_UNSAFE for one that would lose data, SETTINGS_INVALID for one that is ours. */
export function serverParameters(wanted: readonly string[]): Readonly<Record<string, string>> {
  const chosen: Record<string, string> = { ...defaults }
  for (const text of wanted) {
    const [name = '', ...rest] = text.split('=')
    const value = rest.join('=').trim()
    const parameter = name.trim().toLowerCase()
    if (!/^[a-z_]+(\.[a-z_]+)?$/.test(parameter) || rest.length === 0) {
      throw new InterlineError('SETTINGS_INVALID', {
        problems: `postgresParameters: expected name=value, found ${text.slice(0, 60)}`,
      })
    }
    if (fixed.has(parameter)) {
      throw new InterlineError('SETTINGS_INVALID', {
        problems: `postgresParameters: ${parameter} is set by the hub itself`,
      })
    }
    refuseUnsafe({ [parameter]: canonical(value) })
    chosen[parameter] = value
  }
  return chosen
}

/** Throws DATABASE_UNSAFE when one of these values risks what was acknowledged. */
export function refuseUnsafe(values: Readonly<Record<string, string>>): void {
  for (const [name, allowed] of Object.entries(needed)) {
    const value = values[name]
    if (value !== undefined && !allowed.includes(value))
      throw new InterlineError('DATABASE_UNSAFE', { name, value: value.slice(0, 60) })
  }
}

/** Asks a server for the values that `refuseUnsafe` judges. */
export const safetyQuery = `SELECT name, setting FROM pg_settings WHERE name IN (${Object.keys(needed)
  .map((name) => `'${name}'`)
  .join(', ')})`

/** PostgreSQL reads yes, true, 1 and their beginnings as on. */
function canonical(value: string): string {
  const lower = value.toLowerCase().replace(/^'(.*)'$/, '$1')
  if (['on', 'true', 'yes', '1', 't', 'tr', 'tru', 'y', 'ye'].includes(lower)) return 'on'
  return lower
}
