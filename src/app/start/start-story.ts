import type { HubEvent } from './hub.ts'

/** What `start` tells about itself. */
export type StartEvent = HubEvent | { readonly event: 'hub_starting' } | { readonly event: 'hub_stopped' }

/** The event in a sentence, for whoever reads the terminal or the log of a container. */
export function sentenceOf(event: StartEvent): string {
  switch (event.event) {
    case 'hub_starting':
      return 'Interline starts.'
    case 'database_ready':
      return `The database is ready after ${seconds(event.milliseconds)}${migrated(event.migrations)}.`
    case 'database_awaited':
      return `Waiting for the database: ${event.detail}`
    case 'database_ended':
      return 'The database has ended; it is started again.'
    case 'database_restarted':
      return 'The database is back.'
    case 'database_restart_failed':
      return `The database did not start: ${event.detail} Again in ${seconds(event.againInMs)}.`
    case 'ballast_failed':
      return `No room is kept for a full disk: ${event.detail}`
    case 'first_key':
      return `The first key, which may do everything: ${event.key}`
    case 'first_welcome':
      return `Open the control tower, as its first administrator (once, within an hour): ${event.link}`
    case 'hub_ready':
      return `The hub is ready at ${event.url || 'no address (it has no gateway)'} after ${seconds(event.milliseconds)}; ${count(event.connections, 'connection')}.`
    case 'hub_stopped':
      return 'The hub has stopped.'
  }
}

/** What to try first, for somebody who has just seen it start. */
export function firstSteps(input: { readonly isSimulated: boolean; readonly keyFile: string | undefined }): string {
  const simulated = [
    ['sim fault erp.outage=on', 'take the ERP away: what it is owed waits, in order'],
    ['sim fault erp.outage=off', 'bring it back: the queue drains, nothing twice'],
  ]
  const steps = [
    ['overview --watch', 'what is true, what is late, what each system is owed'],
    ['accounting', 'where every message is'],
    ...(input.isSimulated ? simulated : []),
    ['task list', 'what only a person can decide'],
    ['parked', 'what could not be understood or done, and what to do'],
    ['--help', 'everything else'],
  ]
  const width = Math.max(...steps.map(([command = '']) => command.length))
  return [
    'Try next, in another terminal in this folder:',
    ...steps.map(([command = '', about = '']) => `  npm run -s interline -- ${command.padEnd(width)}  # ${about}`),
    `${input.keyFile === undefined ? 'The' : `The first key is in ${input.keyFile}; the`} documentation is at /docs/, the API at /openapi.json.`,
  ].join('\n')
}

/** The overview on so many rows of a terminal, with what to try next below it: however long it grows, that is always to be seen. */
export function watchedText(
  overview: string,
  { rows, welcome }: { readonly rows: number; readonly welcome: string | undefined },
): string {
  const next = [
    '',
    ...(welcome === undefined ? [] : [`First sign-in: ${welcome}`]),
    'Try next, in another terminal in this folder: npm run -s interline -- --help',
    '  or, in its place: sim fault erp.outage=on · task list · parked · trace NUMBER',
  ]
  const lines = overview.split('\n')
  const room = rows - next.length
  const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), '…']
  return [...shown, ...next].join('\n')
}

function migrated(migrations: number): string {
  return migrations === 0 ? '' : `, with ${count(migrations, 'migration')} applied`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
