import type { Command } from 'commander'
import { openDataDirectory } from '../start/data-directory.ts'
import { openDatabase } from '../start/database.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline migrate`: the schema alone, as a job before a rolling upgrade. */
export function migrateCommand(program: Command, perform: Perform): void {
  program
    .command('migrate')
    .description('bring the database schema to this release; done by every start as well')
    .action(perform(migrateOnly))
}

async function migrateOnly(invocation: Invocation): Promise<ExitCode> {
  const settings = invocation.settings()
  const directory = openDataDirectory(settings.dataDirectory)
  try {
    const database = await openDatabase(settings, directory, () => {})
    await database.stop()
    const rows = database.migrated.map((migration) => ({ migration }))
    invocation.output.rows(rows, ['migration'], 'The schema is that of this release already.')
    return exitCodes.ok
  } finally {
    directory.release()
  }
}
